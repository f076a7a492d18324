/**
 * The scoring worker: newest snapshot and request to rewards with bounds and the pessimistic best of N.
 */
@NullMarked
package dev.assay.streams.score;

import org.jspecify.annotations.NullMarked;
