package dev.assay.streams.descend;

import dev.assay.estimator.inference.Identifiability;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.schemas.descend.PendingErasure;
import dev.assay.streams.model.ShardOrder;

/** What the {@link Coordinator} wants done. */
sealed interface Action {
    /** Does them; a kind that is added has to be done here. */
    interface Handler {
        void tell(Tell tell);

        void begun(Begun begun);

        void publish(Publish publish);

        void superseded(Superseded superseded);

        void identified(Identified identified);

        void denied(Denied denied);

        void receipted(Receipted receipted);

        void overdue(Overdue overdue);
    }

    void doneBy(Handler handler);

    /** Send the order to every shard. */
    record Tell(ShardOrder order) implements Action {
        @Override
        public void doneBy(Handler handler) {
            handler.tell(this);
        }
    }

    /** A rerun has begun. */
    record Begun(OpenRerun rerun) implements Action {
        @Override
        public void doneBy(Handler handler) {
            handler.begun(this);
        }
    }

    /** Publish. */
    record Publish(Publication what) implements Action {
        @Override
        public void doneBy(Handler handler) {
            handler.publish(this);
        }
    }

    /** Say that a rerun that was asked for will not be, because of a rollback asked for later. */
    record Superseded(String commandId, String by) implements Action {
        @Override
        public void doneBy(Handler handler) {
            handler.superseded(this);
        }
    }

    /** Tell what the judgments determine. */
    record Identified(Identifiability found) implements Action {
        @Override
        public void doneBy(Handler handler) {
            handler.identified(this);
        }
    }

    /** Put an annotator on the deny list. */
    record Denied(Erasure erasure) implements Action {
        @Override
        public void doneBy(Handler handler) {
            handler.denied(this);
        }
    }

    /** Write the receipt of an erasure. */
    record Receipted(PendingErasure erasure) implements Action {
        @Override
        public void doneBy(Handler handler) {
            handler.receipted(this);
        }
    }

    /** Tell that the receipt of an erasure is overdue. */
    record Overdue(PendingErasure erasure) implements Action {
        @Override
        public void doneBy(Handler handler) {
            handler.overdue(this);
        }
    }
}
