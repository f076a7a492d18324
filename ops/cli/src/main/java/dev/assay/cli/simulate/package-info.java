/**
 * The studies of {@code assay simulate}: designs, replications, and the pages and plots they write. Knows the estimator
 * alone; the command line and the reading of folders are the package above.
 */
@NullMarked
package dev.assay.cli.simulate;

import org.jspecify.annotations.NullMarked;
