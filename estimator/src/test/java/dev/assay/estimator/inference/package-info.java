/** Tests of the package of the same name. */
@NullMarked
package dev.assay.estimator.inference;

import org.jspecify.annotations.NullMarked;
