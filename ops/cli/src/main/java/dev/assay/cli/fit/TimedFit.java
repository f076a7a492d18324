package dev.assay.cli.fit;

import dev.assay.estimator.descent.Fit;

/**
 * A fit and how long it took.
 *
 * @param seconds of all passes over the data, reading and inference left out
 */
record TimedFit(Fit fit, double seconds) {}
