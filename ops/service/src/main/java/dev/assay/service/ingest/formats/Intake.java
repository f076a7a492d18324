package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Retraction;
import org.jspecify.annotations.Nullable;

/** What one item of a platform's payload or file asks for. */
public sealed interface Intake {
    /**
     * A judgment made, or made anew under the same id.
     *
     * @param judgment as it came
     * @param platformId the platform's id of it, by which alone it may be taken back; null: it is never needed
     */
    record Judged(Judgment judgment, @Nullable String platformId) implements Intake {
        public Judged(Judgment judgment) {
            this(judgment, null);
        }
    }

    /** A judgment taken back. */
    record Withdrawn(Retraction retraction) implements Intake {}

    /**
     * Judgments taken back by an id of the platform, which does not name the annotator: to be looked up.
     *
     * @param source the platform
     * @param platformId its id of what was taken back
     */
    record WithdrawnById(String source, String platformId) implements Intake {}

    /**
     * All judgments of an annotator are to leave.
     *
     * @param annotatorId who
     * @param why in the platform's words
     */
    record Erased(String annotatorId, String why) implements Intake {}

    /** Rightly without effect, a draft for instance. */
    record Ignored(String why) implements Intake {}

    /** Not understood, or only in part: for the dead-letter topic, as received. */
    record NotUnderstood(String why) implements Intake {
        /** @return that it is not, because of this */
        public static NotUnderstood because(JsonRefusal refusal) {
            return new NotUnderstood(String.valueOf(refusal.getMessage()));
        }
    }
}
