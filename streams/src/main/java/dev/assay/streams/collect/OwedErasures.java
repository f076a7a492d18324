package dev.assay.streams.collect;

import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.streams.model.ErasureState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The erasures of one shard whose receipt is still owed. The coordinator hears of them until it has written it. */
final class OwedErasures {
    private final Map<String, ErasureProgress> owed = new LinkedHashMap<>();

    /** Takes over what the deny list says of an erasure, and how many rows have just left because of it. */
    void note(Erasure erasure, long left) {
        if (ErasureState.of(erasure) == ErasureState.RECEIPTED) {
            owed.remove(erasure.getCommandId());
            return;
        }
        // Who reads a request again finds little or nothing that is left to do.
        ErasureProgress before = owed.get(erasure.getCommandId());
        owed.put(
                erasure.getCommandId(),
                new ErasureProgress(
                        erasure.getCommandId(),
                        Math.max(before == null ? 0 : before.getJudgments(), Math.max(left, erasure.getJudgments())),
                        Math.max(before == null ? 0 : before.getTombstones(), erasure.getTombstones()),
                        ErasureState.of(erasure) == ErasureState.SWEPT));
    }

    void clear() {
        owed.clear();
    }

    long judgments(String commandId) {
        ErasureProgress progress = owed.get(commandId);
        return progress == null ? 0 : progress.getJudgments();
    }

    List<ErasureProgress> all() {
        return List.copyOf(owed.values());
    }
}
