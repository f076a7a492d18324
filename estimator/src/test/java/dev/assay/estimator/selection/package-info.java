/** Tests of the package of the same name. */
@NullMarked
package dev.assay.estimator.selection;

import org.jspecify.annotations.NullMarked;
