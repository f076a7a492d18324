package dev.assay.streams.descend;

import dev.assay.estimator.descent.Fit;
import java.util.List;

/**
 * A rerun that has ended.
 *
 * @param rerunId its id
 * @param commandIds commands it answers
 * @param fit its outcome, converged or not
 * @param exact whether the fit is the maximum to its tolerance; false also where judgments arrived meanwhile
 * @param coveredOffsets for each shard the offset of its partition up to which (exclusive) the fit covers it
 */
public record FinishedRerun(String rerunId, List<String> commandIds, Fit fit, boolean exact, List<Long> coveredOffsets)
        implements Publication {}
