package dev.assay.cli.fit;

import dev.assay.estimator.inference.CovarianceKind;
import java.util.List;

/** What standard errors and intervals of {@code assay fit} are to rest on, as words. */
final class CovarianceWords extends Words<CovarianceKind> {
    CovarianceWords() {
        super(
                List.of(
                        CovarianceKind.MODEL,
                        CovarianceKind.OBSERVED,
                        CovarianceKind.SANDWICH,
                        CovarianceKind.CLUSTERED,
                        CovarianceKind.AUTOMATIC),
                CovarianceKind::label);
    }
}
