/**
 * The study {@code coverage}: whether intervals hold what they promise, from other starts, with other steps, where regularity
 * fails.
 */
@NullMarked
package dev.assay.lab.simulate.coverage;

import org.jspecify.annotations.NullMarked;
