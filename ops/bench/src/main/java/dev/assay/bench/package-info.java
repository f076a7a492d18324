/**
 * What speed and memory are claimed by: imported by nobody, run by {@code ops/bench/run}.
 */
@NullMarked
package dev.assay.bench;

import org.jspecify.annotations.NullMarked;
