/**
 * One judgment in numbers and the probability the model gives it: MODEL §1.
 */
@NullMarked
package dev.assay.estimator.choice;

import org.jspecify.annotations.NullMarked;
