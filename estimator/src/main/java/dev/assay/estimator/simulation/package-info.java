/**
 * Seeded judgments with known parameters: a campaign of annotators for tests, benchmarks and the demo, and the designs of
 * the studies.
 */
@NullMarked
package dev.assay.estimator.simulation;

import org.jspecify.annotations.NullMarked;
