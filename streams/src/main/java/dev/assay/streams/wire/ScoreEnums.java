package dev.assay.streams.wire;

import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;

/** The two choices of a score request, in the words of the contract and in ours; the names are the same. */
final class ScoreEnums {
    private ScoreEnums() {}

    static dev.assay.schemas.score.CovarianceChoice toAvro(CovarianceKind choice) {
        return dev.assay.schemas.score.CovarianceChoice.valueOf(choice.name());
    }

    static CovarianceKind fromAvro(dev.assay.schemas.score.CovarianceChoice choice) {
        return CovarianceKind.valueOf(choice.name());
    }

    static dev.assay.schemas.score.Centre toAvro(Centring centre) {
        return dev.assay.schemas.score.Centre.valueOf(centre.name());
    }

    static Centring fromAvro(dev.assay.schemas.score.Centre centre) {
        return Centring.valueOf(centre.name());
    }
}
