package dev.assay.streams.model;

import dev.assay.estimator.descent.SavedState;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.schemas.descend.PendingErasure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinator must not forget when it moves or dies.
 *
 * @param order the newest order: point of linearisation and, during a rerun, its open round
 * @param descent what the descent of the open round remembers; null outside one
 * @param rerun the open rerun; null outside one
 * @param lastJudgments comparisons at the last attempt; negative before the first
 * @param commanded commands for a rerun that has not begun
 * @param held whether a rollback keeps newer estimates back
 * @param erasures those whose receipt is owed
 */
public record Coordination(
        ShardOrder order,
        @Nullable SavedState descent,
        @Nullable OpenRerun rerun,
        long lastJudgments,
        List<String> commanded,
        boolean held,
        List<PendingErasure> erasures) {
    public static final Coordination NOTHING =
            new Coordination(new ShardOrder(null, null), null, null, -1, List.of(), false, List.of());
}
