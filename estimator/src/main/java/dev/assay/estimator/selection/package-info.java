/**
 * Picks one of N candidate responses by mean or by lower confidence bound: MODEL §5.
 */
@NullMarked
package dev.assay.estimator.selection;

import org.jspecify.annotations.NullMarked;
