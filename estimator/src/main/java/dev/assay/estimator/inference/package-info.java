/**
 * From statistics at the maximum to standard errors and intervals: MODEL §4.
 */
@NullMarked
package dev.assay.estimator.inference;

import org.jspecify.annotations.NullMarked;
