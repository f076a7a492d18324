/**
 * A seeded campaign with known parameters, for tests, benchmarks and the demo.
 */
@NullMarked
package dev.assay.estimator.simulation;

import org.jspecify.annotations.NullMarked;
