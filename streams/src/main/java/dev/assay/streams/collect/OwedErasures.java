package dev.assay.streams.collect;

import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.streams.model.ErasureState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The erasures of one shard whose receipt is still owed. The coordinator hears of them until it has written it. Their progress
 * only grows. A receipt is final but for the coordinator: if it asks again it has lost it, and gets the same answer again.
 */
final class OwedErasures {
    private final Map<String, ErasureProgress> owed = new LinkedHashMap<>();
    private final Map<String, ErasureProgress> receipted = new LinkedHashMap<>();

    /**
     * Takes over what the deny list says of an erasure, and how many rows have just left because of it.
     *
     * @return how far it has come for this shard: it searches for the keys of what was requested only
     */
    ErasureState note(Erasure erasure, long left) {
        String id = erasure.getCommandId();
        ErasureState said = ErasureState.of(erasure);
        ErasureProgress before = owed.getOrDefault(id, receipted.get(id));
        boolean swept = said != ErasureState.REQUESTED || (before != null && before.getSwept());
        // Who reads a request again finds little or nothing that is left to do.
        ErasureProgress now = new ErasureProgress(
                id,
                Math.max(before == null ? 0 : before.getJudgments(), Math.max(left, erasure.getJudgments())),
                Math.max(before == null ? 0 : before.getTombstones(), erasure.getTombstones()),
                swept,
                !swept);
        if (said == ErasureState.RECEIPTED || (said == ErasureState.SWEPT && receipted.containsKey(id))) {
            owed.remove(id);
            receipted.put(id, now);
            return ErasureState.RECEIPTED;
        }
        receipted.remove(id);
        owed.put(id, now);
        return swept ? ErasureState.SWEPT : ErasureState.REQUESTED;
    }

    /** Does not say any more that it searches, so that the coordinator asks again; or says so again. */
    void searching(String commandId, boolean does) {
        owed.computeIfPresent(
                commandId,
                (id, known) -> ErasureProgress.newBuilder(known)
                        .setSearching(does && !known.getSwept())
                        .build());
    }

    void clear() {
        owed.clear();
        receipted.clear();
    }

    /** As the deny list is to have it: with what is known by now. */
    Erasure known(Erasure erasure, ErasureState state) {
        ErasureProgress progress = owed.getOrDefault(erasure.getCommandId(), receipted.get(erasure.getCommandId()));
        return Erasure.newBuilder(erasure)
                .setState(state.name())
                .setJudgments(progress == null ? erasure.getJudgments() : progress.getJudgments())
                .setTombstones(progress == null ? erasure.getTombstones() : progress.getTombstones())
                .build();
    }

    List<ErasureProgress> all() {
        return List.copyOf(owed.values());
    }
}
