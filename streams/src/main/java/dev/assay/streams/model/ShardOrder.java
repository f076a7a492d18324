package dev.assay.streams.model;

import org.jspecify.annotations.Nullable;

/**
 * What the coordinator tells a shard. The newest order is all a restored shard has to know.
 *
 * @param linearisation where to keep statistics; null before the first fit
 * @param round to be answered; null outside a rerun
 */
public record ShardOrder(
        @Nullable Linearisation linearisation, @Nullable Round round) {}
