/** Tests of the package of the same name. */
@NullMarked
package dev.assay.estimator.simulation;

import org.jspecify.annotations.NullMarked;
