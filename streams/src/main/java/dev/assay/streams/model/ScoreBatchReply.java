package dev.assay.streams.model;

import java.util.List;

/**
 * The answers to a batch.
 *
 * @param batchId as in the batch
 * @param replies one a request, in their order, all from one snapshot
 */
public record ScoreBatchReply(String batchId, List<ScoreReply> replies) implements ScoreAnswer {}
