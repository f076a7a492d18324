package dev.assay.service.ingest;

import dev.assay.service.ingest.formats.Intake;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The judgments of files, for whoever sends them to no topic: from the same sources as an ingest, with the same formats and
 * cuts, and what is not understood counted, said in the same words, and no reason to stop.
 */
public final class JudgmentFiles {
    private final IngestTally tally = new IngestTally();
    private final IngestSink.Refused refused;

    /** Takes one judgment. */
    @FunctionalInterface
    public interface Each {
        /**
         * @param where file and place, for people
         * @return whether it was taken; who does not take it says why by {@link #refuse}
         */
        boolean take(String where, Intake.Judged judged) throws IOException;
    }

    /** @param refused hears of what is not taken */
    public JudgmentFiles(IngestSink.Refused refused) {
        this.refused = refused;
    }

    public IngestTally tally() {
        return tally;
    }

    /** Hands over all judgments of a file or folder, in their order. */
    public void read(Path file, IngestSource.Reading reading, Each each) throws IOException {
        IngestSource source = IngestSource.of(file, reading);
        try {
            source.read((place, asked) -> {
                for (Intake intake : asked) {
                    take(file + " " + place.said(), intake, each);
                }
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("nobody who takes judgments here throws this", e);
        }
        tally.passedOver(source.passedOver());
    }

    private void take(String where, Intake intake, Each each) throws IOException {
        if (intake instanceof Intake.Judged judged) {
            if (each.take(where, judged)) {
                tally.admitted(judged.judgment());
                tally.remarked(judged.remarks());
            }
        } else if (intake instanceof Intake.Ignored ignored) {
            tally.ignored(where, ignored.why());
        } else if (intake instanceof Intake.NotUnderstood not) {
            refuse(where, "NOT_UNDERSTOOD", not.why());
        } else {
            tally.ignored(where, "taken back or to be erased: no judgment");
        }
    }

    /** Counts one that is not taken, and says why. */
    public void refuse(String where, String reason, String message) {
        tally.refused(where, reason, message);
        refused.hear(where, reason, message, null);
    }
}
