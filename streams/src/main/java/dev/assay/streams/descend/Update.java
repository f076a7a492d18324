package dev.assay.streams.descend;

import dev.assay.estimator.descent.OneStep;
import dev.assay.estimator.sums.Answer;
import java.util.List;

/**
 * An estimate that has seen every judgment without a pass over the old ones: MODEL (8).
 *
 * @param sum statistics of all shards at the point of linearisation, clusters included
 * @param step from there
 * @param coveredOffsets for each shard the offset of its partition up to which (exclusive) the sum covers it
 */
public record Update(Answer sum, OneStep step, List<Long> coveredOffsets) implements Publication {}
