package dev.assay.streams.descend;

import dev.assay.streams.model.Command;
import dev.assay.streams.model.Erasure;
import dev.assay.streams.model.PendingErasure;
import dev.assay.streams.model.ShardReport.ErasureProgress;
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
        if (owed.stream().anyMatch(known -> known.erasure().commandId().equals(command.commandId()))) {
            return List.of();
        }
        Erasure erasure = new Erasure(
                command.annotatorId(),
                command.commandId(),
                Erasure.State.REQUESTED,
                newestVersion,
                0,
                0,
                command.requestedAt());
        owed.add(PendingErasure.requested(erasure));
        deniedAtMillis = nowMillis;
        return List.of(new Action.Denied(erasure));
    }

    /** Takes in what a shard tells; whether this is the first that is heard of the annotator's leaving. */
    boolean note(ErasureProgress progress) {
        boolean leaving = false;
        for (int i = 0; i < owed.size(); i++) {
            PendingErasure known = owed.get(i);
            if (known.erasure().commandId().equals(progress.commandId())) {
                leaving |= !known.left();
                owed.set(i, known.with(progress));
            }
        }
        return leaving;
    }

    /** @param nothingFitted whether there was never a fit, and none is open: then there is nothing to fit again */
    List<Action> finish(boolean nothingFitted) {
        List<PendingErasure> done = owed.stream()
                .filter(erasure -> erasure.complete() || (nothingFitted && erasure.swept()))
                .toList();
        owed.removeAll(done);
        return done.stream().<Action>map(Action.Receipted::new).toList();
    }

    /** Asks again for what is not swept yet, if that was long ago. */
    List<Action> askAgain(long nowMillis, Duration patience) {
        List<Action> unswept = owed.stream()
                .filter(erasure -> !erasure.swept())
                .<Action>map(erasure -> new Action.Denied(erasure.erasure()))
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
                .filter(PendingErasure::due)
                .map(erasure -> erasure.erasure().commandId())
                .toList();
    }

    List<String> commandIds() {
        return owed.stream().map(erasure -> erasure.erasure().commandId()).toList();
    }

    /** An update was published under that version. */
    void updated(long version) {
        owed.replaceAll(erasure -> erasure.updated(version));
    }

    /**
     * A rerun for those commands has ended.
     *
     * @param version 0 where it found no estimate
     * @param gap as of {@link PendingErasure}
     */
    void rerun(Collection<String> commandIds, long version, double gap) {
        owed.replaceAll(
                erasure -> commandIds.contains(erasure.erasure().commandId()) ? erasure.rerun(version, gap) : erasure);
    }
}
