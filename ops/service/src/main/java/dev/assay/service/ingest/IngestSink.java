package dev.assay.service.ingest;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.streams.Deployment;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.JudgmentCodec;
import org.jspecify.annotations.Nullable;

/**
 * Judges what items ask for by the checks of the service, counts it, and hands on what passes. What does not pass goes nowhere
 * and keeps nothing else from going: it is said with file and line.
 */
public final class IngestSink {
    private final Admit admit;
    private final JudgmentCodec codec = new JudgmentCodec();
    private final Pseudonyms pseudonyms;
    private final @Nullable String source;
    private final Passed passed;
    private final Refused refused;
    private final IngestTally tally = new IngestTally();

    /** Takes what passes. */
    @FunctionalInterface
    public interface Passed {
        /**
         * @param message a judgment or a retraction
         * @param key of its comparison
         * @param comparison what it is admitted as; null for a retraction
         */
        void take(JudgmentMessage message, ComparisonKey key, @Nullable StoredComparison comparison) throws Exception;
    }

    /** Hears of what does not pass. */
    @FunctionalInterface
    public interface Refused {
        /** @param key of the judgment that was refused; null where none could be read */
        void hear(String where, String reason, String message, @Nullable ComparisonKey key);
    }

    /** @param source instead of the items' own; null: theirs */
    public IngestSink(Deployment deployment, @Nullable String source, Passed passed, Refused refused) {
        admit = new Admit(
                deployment.contextSpec(),
                new RememberedFeatures(deployment.featureSpace(), RememberedFeatures.USUAL_CAPACITY));
        pseudonyms =
                new Pseudonyms(deployment.config().servers().gateway().keys().pseudonymKey());
        this.source = source;
        this.passed = passed;
        this.refused = refused;
    }

    public IngestTally tally() {
        return tally;
    }

    /** @param where file and line, for people */
    public void take(String where, Intake intake) throws Exception {
        if (intake instanceof Intake.Judged judged) {
            Judgment given = pseudonyms.of(judged.judgment());
            if (pass(where, source == null ? given : given.fromSource(source))) {
                tally.remarked(judged.remarks());
            }
        } else if (intake instanceof Intake.Withdrawn withdrawn) {
            Retraction given = pseudonyms.of(withdrawn.retraction());
            pass(where, source == null ? given : new Retraction(given.judgmentId(), given.annotatorId(), source));
        } else if (intake instanceof Intake.Ignored ignored) {
            tally.ignored(where, ignored.why());
        } else if (intake instanceof Intake.NotUnderstood not) {
            refuse(where, "NOT_UNDERSTOOD", not.why(), null);
        } else if (intake instanceof Intake.WithdrawnById byId) {
            refuse(
                    where,
                    "NO_ANNOTATOR",
                    "a deletion of " + byId.source() + " " + byId.platformId()
                            + " names no annotator: send it to the gateway, or use --reconcile with an export file",
                    null);
        } else if (intake instanceof Intake.Erased erased) {
            refuse(where, "ERASURE", "to erase " + erased.annotatorId() + " use assay erase", null);
        }
    }

    private boolean pass(String where, JudgmentMessage message) throws Exception {
        Admission admission = admit.admit(codec.encode(message));
        if (admission instanceof Admission.Refused refusal) {
            refuse(where, refusal.reason().name(), refusal.message(), message.key());
            return false;
        }
        if (admission instanceof Admission.Admitted admitted && message instanceof Judgment judgment) {
            tally.admitted(judgment);
            passed.take(message, admitted.key(), admitted.comparison());
        } else if (admission instanceof Admission.Retracted retracted) {
            tally.withdrawn();
            passed.take(message, retracted.key(), null);
        }
        return true;
    }

    private void refuse(String where, String reason, String message, @Nullable ComparisonKey key) {
        tally.refused(where, reason, message);
        refused.hear(where, reason, message, key);
    }
}
