/** Tests of the package of the same name. */
@NullMarked
package dev.assay.estimator.algebra;

import org.jspecify.annotations.NullMarked;
