/**
 * Comparisons and rankings side by side in arrays, found by key and seen through windows that know how to multiply: what a
 * pass reads. No object per judgment.
 */
@NullMarked
package dev.assay.estimator.columns;

import org.jspecify.annotations.NullMarked;
