/** Tests of the package of the same name. */
@NullMarked
package dev.assay.estimator.descent;

import org.jspecify.annotations.NullMarked;
