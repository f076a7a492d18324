/** The studies of {@code assay simulate}: designs, replications, and the pages and plots they write. */
@NullMarked
package dev.assay.lab.simulate;

import org.jspecify.annotations.NullMarked;
