package dev.assay.streams.descend;

import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.schemas.descend.PendingErasure;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ErasureState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Erasures whose receipt is owed: from the command, over what their shards tell, to an estimate without the annotator. A shard
 * does the same for the same request again: asking twice is cheap, an erasure that nobody does is not. What shards tell only
 * grows: a shard that has moved knows less than the one before.
 */
final class Erasures {
    /** An erasure is told to be overdue after as many times the patience. */
    static final int OVERDUE_AFTER = 30;

    private static final long SEARCHERS_SILENCE_MILLIS = 10_000;
    private static final int MOST_NAMES = 100_000;
    private static final long LONG_AGO =
            Long.MIN_VALUE / 2; // so that the first tick asks for what an earlier one left open

    private final List<PendingErasure> owed;

    /** When each was last asked for, or told to be searched for. */
    private final Map<String, Long> movedAtMillis = new HashMap<>();

    /** Whom each command that was heard of erases; those that are not owed any more have their receipt. */
    private final Map<String, String> annotators = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_NAMES;
        }
    };

    Erasures(List<PendingErasure> before) {
        owed = new ArrayList<>(before);
        owed.forEach(known -> annotators.put(
                known.getErasure().getCommandId(), known.getErasure().getAnnotatorId()));
    }

    List<PendingErasure> owed() {
        return List.copyOf(owed);
    }

    /** A command that is repeated changes nothing. */
    List<Action> request(Command.EraseAnnotator command, long newestVersion, long nowMillis) {
        String id = ownId(command);
        if (annotators.putIfAbsent(id, command.annotatorId()) != null) {
            return List.of();
        }
        Erasure erasure = new Erasure(
                command.annotatorId(), id, ErasureState.REQUESTED.name(), newestVersion, 0L, 0L, command.requestedAt());
        return List.of(owe(erasure, nowMillis));
    }

    /** An id that was given to two annotators' erasures names the first; nobody's erasure is dropped for a mistake in an id. */
    private String ownId(Command.EraseAnnotator command) {
        String id = command.commandId();
        while (!annotators.getOrDefault(id, command.annotatorId()).equals(command.annotatorId())) {
            id += "@" + command.requestedAt().toEpochMilli();
        }
        return id;
    }

    /** The id that the command had, where its erasure has another because that id was another annotator's. */
    static Optional<String> requestedAs(Erasure erasure) {
        String suffix = "@" + erasure.getRequestedAt().toEpochMilli();
        String id = erasure.getCommandId();
        while (id.endsWith(suffix)) {
            id = id.substring(0, id.length() - suffix.length());
        }
        return Optional.of(id).filter(asked -> !asked.equals(erasure.getCommandId()));
    }

    private Action owe(Erasure requested, long nowMillis) {
        owed.add(new PendingErasure(requested, null, 0L, 0L, -1d, false, nowMillis, false));
        movedAtMillis.put(requested.getCommandId(), nowMillis);
        return new Action.Denied(requested);
    }

    /** Takes over what is owed by what the topics say, whoever has forgotten it. */
    List<Action> recall(ErasureHistory history, long newestVersion, long nowMillis) {
        List<Action> actions = new ArrayList<>();
        Map<String, Erasure> listed = new HashMap<>();
        for (Erasure entry : history.denied()) {
            listed.put(entry.getCommandId(), entry);
            boolean receipted = history.receipts().contains(entry.getCommandId());
            if (ErasureState.of(entry) == ErasureState.RECEIPTED || isOwed(entry.getCommandId())) {
                continue;
            }
            if (receipted || annotators.containsKey(entry.getCommandId())) {
                actions.add(new Action.Denied(in(ErasureState.RECEIPTED, entry))); // The shard owes it for ever else.
            } else {
                annotators.put(entry.getCommandId(), entry.getAnnotatorId());
                actions.add(owe(in(ErasureState.REQUESTED, entry), nowMillis));
            }
        }
        for (Command.EraseAnnotator command : history.commands()) {
            String id = ownId(command);
            if (history.receipts().contains(id)) {
                annotators.putIfAbsent(id, command.annotatorId());
            } else if (listed.get(id) == null) {
                actions.addAll(request(command, newestVersion, nowMillis));
            } else if (annotators.putIfAbsent(id, command.annotatorId()) == null) {
                actions.add(owe(in(ErasureState.REQUESTED, listed.get(id)), nowMillis));
            }
        }
        return actions;
    }

    private boolean isOwed(String commandId) {
        return owed.stream().anyMatch(known -> known.getErasure().getCommandId().equals(commandId));
    }

    /** Takes in what a shard tells; whether more has left than was known of. */
    boolean note(ErasureProgress heard, long nowMillis) {
        boolean[] leaving = {false};
        change(Set.of(heard.getCommandId()), known -> {
            ErasureProgress before = known.getProgress();
            leaving[0] = before == null || heard.getJudgments() > before.getJudgments();
            if (heard.getSearching()) {
                movedAtMillis.put(heard.getCommandId(), nowMillis);
            }
            return PendingErasure.newBuilder(known)
                    .setProgress(grown(before, heard))
                    .build();
        });
        return leaving[0];
    }

    private static ErasureProgress grown(@Nullable ErasureProgress before, ErasureProgress heard) {
        return before == null
                ? heard
                : new ErasureProgress(
                        heard.getCommandId(),
                        Math.max(before.getJudgments(), heard.getJudgments()),
                        Math.max(before.getTombstones(), heard.getTombstones()),
                        before.getSwept() || heard.getSwept(),
                        heard.getSearching());
    }

    private void change(Collection<String> commandIds, UnaryOperator<PendingErasure> change) {
        owed.replaceAll(known -> commandIds.contains(known.getErasure().getCommandId()) ? change.apply(known) : known);
    }

    /** @param nothingFitted whether there was never a fit, and none is open: then there is nothing to fit again */
    List<Action> finish(boolean nothingFitted) {
        List<PendingErasure> done = owed.stream()
                .filter(erasure -> swept(erasure) && (nothingFitted || !due(erasure)))
                .toList();
        owed.removeAll(done);
        done.forEach(erasure -> movedAtMillis.remove(erasure.getErasure().getCommandId()));
        return done.stream().<Action>map(Action.Receipted::new).toList();
    }

    /** Asks again for what is not swept yet, if nothing was heard of it for long; tells once of each that is overdue. */
    List<Action> askAgain(long nowMillis, Duration patience) {
        List<Action> actions = new ArrayList<>();
        Set<String> overdue = new HashSet<>();
        for (PendingErasure erasure : owed) {
            String id = erasure.getErasure().getCommandId();
            if (!swept(erasure) && nowMillis - movedAtMillis.getOrDefault(id, LONG_AGO) >= silence(erasure, patience)) {
                movedAtMillis.put(id, nowMillis);
                actions.add(new Action.Denied(counted(ErasureState.REQUESTED, erasure)));
            }
            if (!erasure.getOverdue()
                    && erasure.getAskedAt() > 0
                    && nowMillis - erasure.getAskedAt() >= OVERDUE_AFTER * patience.toMillis()) {
                overdue.add(id);
                actions.add(new Action.Overdue(erasure));
            }
        }
        change(
                overdue,
                erasure -> PendingErasure.newBuilder(erasure).setOverdue(true).build());
        owed.replaceAll(erasure -> erasure.getAskedAt() > 0
                ? erasure
                : PendingErasure.newBuilder(erasure).setAskedAt(nowMillis).build());
        return actions;
    }

    /** A shard that searches says so every other second, if it gets to it: that it is silent shows later than a lost request. */
    private static long silence(PendingErasure erasure, Duration patience) {
        boolean searching =
                erasure.getProgress() != null && erasure.getProgress().getSearching();
        return searching ? Math.max(SEARCHERS_SILENCE_MILLIS, patience.toMillis()) : patience.toMillis();
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
        owed.replaceAll(erasure -> erasure.getProgress() != null
                        && erasure.getVersionDowndate() == 0
                        && !erasure.getRerun()
                ? PendingErasure.newBuilder(erasure).setVersionDowndate(version).build()
                : erasure);
    }

    /**
     * A rerun for those commands has ended.
     *
     * @param version 0 where it found no estimate
     * @param gap as of {@link PendingErasure}
     */
    void rerun(Collection<String> commandIds, long version, double gap) {
        change(
                commandIds,
                erasure -> PendingErasure.newBuilder(erasure)
                        .setVersionAfter(version)
                        .setGap(gap)
                        .setRerun(true)
                        .build());
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
        return counted(ErasureState.RECEIPTED, owed);
    }

    private static Erasure in(ErasureState state, Erasure erasure) {
        return Erasure.newBuilder(erasure).setState(state.name()).build();
    }

    /** With what is known by now, so that a shard that has just come need not know less. */
    private static Erasure counted(ErasureState state, PendingErasure owed) {
        ErasureProgress progress = owed.getProgress();
        Erasure erasure = owed.getErasure();
        return progress == null
                ? in(state, erasure)
                : Erasure.newBuilder(erasure)
                        .setState(state.name())
                        .setJudgments(Math.max(erasure.getJudgments(), progress.getJudgments()))
                        .setTombstones(Math.max(erasure.getTombstones(), progress.getTombstones()))
                        .build();
    }
}
