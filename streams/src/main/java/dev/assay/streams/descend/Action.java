package dev.assay.streams.descend;

import dev.assay.estimator.inference.Identifiability;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.schemas.descend.PendingErasure;
import dev.assay.streams.model.ShardOrder;

/** What the {@link Coordinator} wants done. */
sealed interface Action {
    /** Send the order to every shard. */
    record Tell(ShardOrder order) implements Action {}

    /** A rerun has begun. */
    record Begun(OpenRerun rerun) implements Action {}

    /** Publish. */
    record Publish(Publication what) implements Action {}

    /** Say that a rerun that was asked for will not be, because of a rollback asked for later. */
    record Superseded(String commandId, String by) implements Action {}

    /** Tell what the judgments determine. */
    record Identified(Identifiability found) implements Action {}

    /** Put an annotator on the deny list. */
    record Denied(Erasure erasure) implements Action {}

    /** Write the receipt of an erasure. */
    record Receipted(PendingErasure erasure) implements Action {}
}
