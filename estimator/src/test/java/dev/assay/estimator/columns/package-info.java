/** Tests of the package of the same name. */
@NullMarked
package dev.assay.estimator.columns;

import org.jspecify.annotations.NullMarked;
