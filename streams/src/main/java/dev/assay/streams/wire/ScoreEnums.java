package dev.assay.streams.wire;

import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.model.ScoreRequest.CovarianceChoice;

/** The two choices of a score request, in the words of the contract and in ours; the names are the same. */
final class ScoreEnums {
    private ScoreEnums() {}

    static dev.assay.schemas.score.CovarianceChoice toAvro(CovarianceChoice choice) {
        return dev.assay.schemas.score.CovarianceChoice.valueOf(choice.name());
    }

    static CovarianceChoice fromAvro(dev.assay.schemas.score.CovarianceChoice choice) {
        return CovarianceChoice.valueOf(choice.name());
    }

    static dev.assay.schemas.score.Centre toAvro(Centre centre) {
        return dev.assay.schemas.score.Centre.valueOf(centre.name());
    }

    static Centre fromAvro(dev.assay.schemas.score.Centre centre) {
        return Centre.valueOf(centre.name());
    }
}
