/**
 * Vectors, packed symmetric matrices and triangular factors; knows no word of our domain. Values are immutable and refuse
 * NaN and infinity, so that a numerical failure shows where it happens and not three topics further on.
 */
@NullMarked
package dev.assay.estimator.algebra;

import org.jspecify.annotations.NullMarked;
