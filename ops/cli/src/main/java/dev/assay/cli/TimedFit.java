package dev.assay.cli;

import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Fit;
import java.util.List;

/**
 * A fit, how long it took, and what is to be said of it.
 *
 * @param seconds     of all passes over the data, reading and inference left out
 * @param diagnostics those of the fit, and what a second start showed
 */
record TimedFit(Fit fit, double seconds, List<Diagnostic> diagnostics) {}
