/** Tests of the package of the same name. */
@NullMarked
package dev.assay.estimator.sums;

import org.jspecify.annotations.NullMarked;
