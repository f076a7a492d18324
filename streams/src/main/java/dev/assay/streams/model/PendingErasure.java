package dev.assay.streams.model;

import dev.assay.schemas.descend.Erasure;
import dev.assay.streams.model.ShardReport.ErasureProgress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An erasure whose receipt is owed.
 *
 * @param erasure as requested
 * @param progress of its shard; null before the annotator has left the statistics
 * @param versionDowndate first version without the annotator, an update; 0 before, and where no update was published
 * @param versionAfter version of the rerun without the annotator; 0 before, and where that found no estimate
 * @param gap between the last update before that rerun and the rerun, root mean square in standard errors; negative where
 *     there was no update
 * @param rerun whether that rerun has ended
 */
public record PendingErasure(
        Erasure erasure,
        @Nullable ErasureProgress progress,
        long versionDowndate,
        long versionAfter,
        double gap,
        boolean rerun) {
    public static PendingErasure requested(Erasure erasure) {
        return new PendingErasure(erasure, null, 0, 0, -1, false);
    }

    public boolean left() {
        return progress != null;
    }

    /** Whether every comparison of the annotator has its tombstone. */
    public boolean swept() {
        return progress != null && progress.swept();
    }

    /** Whether a rerun without the annotator is still to come. */
    public boolean due() {
        return progress != null && progress.judgments() > 0 && !rerun;
    }

    public boolean complete() {
        // Where nothing left there is nothing to fit again.
        return progress != null && swept() && (rerun || progress.judgments() == 0);
    }

    public PendingErasure with(ErasureProgress newest) {
        return new PendingErasure(erasure, newest, versionDowndate, versionAfter, gap, rerun);
    }

    /** An update was published; the first one counts. */
    public PendingErasure updated(long version) {
        return left() && versionDowndate == 0 && !rerun
                ? new PendingErasure(erasure, progress, version, versionAfter, gap, rerun)
                : this;
    }

    public PendingErasure rerun(long version, double newGap) {
        return new PendingErasure(erasure, progress, versionDowndate, version, newGap, true);
    }

    /** As the deny list keeps it once the receipt is written. */
    public Erasure receipted() {
        ErasureProgress reached = Objects.requireNonNull(progress);
        return new Erasure(
                erasure.getAnnotatorId(),
                erasure.getCommandId(),
                ErasureState.RECEIPTED.name(),
                erasure.getVersionBefore(),
                reached.judgments(),
                reached.tombstones(),
                erasure.getRequestedAt());
    }
}
