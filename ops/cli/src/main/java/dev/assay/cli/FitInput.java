package dev.assay.cli;

import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.DoubleComparisonStore;
import java.util.List;

/**
 * What a fit works on, wherever it was read.
 *
 * @param annotators ids by cluster number of the store; empty if no judgment says who made it
 * @param remarks    what was not taken as it came
 */
record FitInput(DoubleComparisonStore store, ColumnNames names, List<String> annotators, List<Diagnostic> remarks) {}
