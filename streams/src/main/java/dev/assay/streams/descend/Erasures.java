package dev.assay.streams.descend;

import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.schemas.descend.PendingErasure;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ErasureState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Erasures whose receipt is owed: from the command, over what their shards tell, to an estimate without the annotator. A shard
 * does the same for the same request again: asking twice is cheap, an erasure that nobody does is not.
 */
final class Erasures {
    private final List<PendingErasure> owed;
    private long deniedAtMillis = Long.MIN_VALUE / 2; // so that the first tick asks for what an earlier one left open

    Erasures(List<PendingErasure> before) {
        owed = new ArrayList<>(before);
    }

    List<PendingErasure> owed() {
        return List.copyOf(owed);
    }

    /** A command that is repeated changes nothing. */
    List<Action> request(Command.EraseAnnotator command, long newestVersion, long nowMillis) {
        if (owed.stream().anyMatch(known -> known.getErasure().getCommandId().equals(command.commandId()))) {
            return List.of();
        }
        Erasure erasure = new Erasure(
                command.annotatorId(),
                command.commandId(),
                ErasureState.REQUESTED.name(),
                newestVersion,
                0L,
                0L,
                command.requestedAt());
        owed.add(new PendingErasure(erasure, null, 0L, 0L, -1d, false));
        deniedAtMillis = nowMillis;
        return List.of(new Action.Denied(erasure));
    }

    /** Takes in what a shard tells; whether this is the first that is heard of the annotator's leaving. */
    boolean note(ErasureProgress progress) {
        boolean leaving = false;
        for (int i = 0; i < owed.size(); i++) {
            PendingErasure known = owed.get(i);
            if (known.getErasure().getCommandId().equals(progress.getCommandId())) {
                leaving |= known.getProgress() == null;
                owed.set(
                        i,
                        new PendingErasure(
                                known.getErasure(),
                                progress,
                                known.getVersionDowndate(),
                                known.getVersionAfter(),
                                known.getGap(),
                                known.getRerun()));
            }
        }
        return leaving;
    }

    /** @param nothingFitted whether there was never a fit, and none is open: then there is nothing to fit again */
    List<Action> finish(boolean nothingFitted) {
        List<PendingErasure> done = owed.stream()
                .filter(erasure -> swept(erasure) && (nothingFitted || !due(erasure)))
                .toList();
        owed.removeAll(done);
        return done.stream().<Action>map(Action.Receipted::new).toList();
    }

    /** Asks again for what is not swept yet, if that was long ago. */
    List<Action> askAgain(long nowMillis, Duration patience) {
        List<Action> unswept = owed.stream()
                .filter(erasure -> !swept(erasure))
                .<Action>map(erasure -> new Action.Denied(erasure.getErasure()))
                .toList();
        if (unswept.isEmpty() || nowMillis - deniedAtMillis < patience.toMillis()) {
            return List.of();
        }
        deniedAtMillis = nowMillis;
        return unswept;
    }

    /** The commands whose annotators have left, but not from the estimate yet. */
    List<String> due() {
        return owed.stream()
                .filter(Erasures::due)
                .map(erasure -> erasure.getErasure().getCommandId())
                .toList();
    }

    List<String> commandIds() {
        return owed.stream().map(erasure -> erasure.getErasure().getCommandId()).toList();
    }

    /** An update was published under that version; the first one without an annotator counts. */
    void updated(long version) {
        owed.replaceAll(
                erasure -> erasure.getProgress() != null && erasure.getVersionDowndate() == 0 && !erasure.getRerun()
                        ? new PendingErasure(
                                erasure.getErasure(),
                                erasure.getProgress(),
                                version,
                                erasure.getVersionAfter(),
                                erasure.getGap(),
                                false)
                        : erasure);
    }

    /**
     * A rerun for those commands has ended.
     *
     * @param version 0 where it found no estimate
     * @param gap as of {@link PendingErasure}
     */
    void rerun(Collection<String> commandIds, long version, double gap) {
        owed.replaceAll(erasure -> commandIds.contains(erasure.getErasure().getCommandId())
                ? new PendingErasure(
                        erasure.getErasure(), erasure.getProgress(), erasure.getVersionDowndate(), version, gap, true)
                : erasure);
    }

    /** Whether every comparison of the annotator has its tombstone. */
    private static boolean swept(PendingErasure erasure) {
        return erasure.getProgress() != null && erasure.getProgress().getSwept();
    }

    /** Whether a rerun without the annotator is still to come. Where nothing left there is nothing to fit again. */
    private static boolean due(PendingErasure erasure) {
        return erasure.getProgress() != null && erasure.getProgress().getJudgments() > 0 && !erasure.getRerun();
    }

    /** As the deny list keeps it once the receipt is written. */
    static Erasure receipted(PendingErasure owed) {
        Erasure erasure = owed.getErasure();
        return new Erasure(
                erasure.getAnnotatorId(),
                erasure.getCommandId(),
                ErasureState.RECEIPTED.name(),
                erasure.getVersionBefore(),
                owed.getProgress().getJudgments(),
                owed.getProgress().getTombstones(),
                erasure.getRequestedAt());
    }
}
