/** Tests of the package of the same name. */
@NullMarked
package dev.assay.estimator.choice;

import org.jspecify.annotations.NullMarked;
