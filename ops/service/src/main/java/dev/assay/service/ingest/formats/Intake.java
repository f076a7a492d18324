package dev.assay.service.ingest.formats;

import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Retraction;

/** What one item of a platform's payload or file asks for. */
public sealed interface Intake {
    /** A judgment made, or made anew under the same id. */
    record Judged(Judgment judgment) implements Intake {}

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
    record NotUnderstood(String why) implements Intake {}
}
