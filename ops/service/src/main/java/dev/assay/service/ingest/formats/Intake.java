package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Retraction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one item of a platform's payload or file asks for. */
public sealed interface Intake {
    /**
     * A judgment made, or made anew under the same id.
     *
     * @param judgment as it came
     * @param platformId the platform's id of it, by which alone it may be taken back; null: it is never needed
     * @param prompt what was asked, in words; null: it came without
     * @param remarks what its sender should know of how it was read, the same words for all of a kind
     */
    record Judged(
            Judgment judgment,
            @Nullable String platformId,
            @Nullable String prompt,
            List<String> remarks) implements Intake {
        public Judged(Judgment judgment) {
            this(judgment, null, null, List.of());
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
