/**
 * Reruns over topics: shards answer round orders, the coordinator adds the answers in shard order and lets the
 * estimator choose the next order. When a rerun is due is decided here too.
 */
@NullMarked
package dev.assay.streams.descend;

import org.jspecify.annotations.NullMarked;
