package dev.assay.service.export;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The comparisons that stand, each as the few things an export needs: features are let go as they are read, so a pair takes
 * some hundred bytes and its ids.
 */
final class StandingPairs {
    /** What became of a comparison. */
    enum Kind {
        PAIR,
        TIE,
        OTHER_CONTEXT
    }

    /**
     * One comparison. Only a {@link Kind#PAIR} has ids. A ranking is a pair of its best response with each of the others, as
     * long as one alone is best; else it is a tie.
     *
     * @param weight max(σ̂, 0)
     */
    record Entry(Kind kind, String promptId, String chosenId, List<String> rejectedIds, double weight) {
        private static Entry of(Kind kind) {
            return new Entry(kind, "", "", List.of(), 0);
        }
    }

    private final ParameterSnapshot snapshot;
    private final Codec<ComparisonKey> keys = Codec.COMPARISON_KEYS;
    private final ComparisonCodec values;
    private final Map<ComparisonKey, Entry> entries = new HashMap<>();

    /**
     * @param snapshot whose rationality weighs the pairs
     * @param wire of the topic of comparisons
     */
    StandingPairs(ParameterSnapshot snapshot, WireFormat wire) {
        values = new ComparisonCodec(wire);
        this.snapshot = snapshot;
    }

    /** Takes the next record of the topic: the last value of a key counts, a tombstone takes it back. */
    void take(byte[] key, byte @Nullable [] value) {
        try {
            ComparisonKey decoded = keys.decode(key);
            entries.remove(decoded);
            if (value != null) {
                entries.put(decoded, entry(values.decode(value)));
            }
        } catch (UndecodableException e) {
            // It counts as none, as for the shards, and is in quarantine.
        }
    }

    Map<ComparisonKey, Entry> entries() {
        return entries;
    }

    long count(Kind kind) {
        return entries.values().stream().filter(entry -> entry.kind() == kind).count();
    }

    private Entry entry(StoredComparison comparison) {
        if (comparison.context().features().length != snapshot.rationalityDimension()
                || !comparison.context().spec().equals(snapshot.spaces().contextSpec())) {
            return Entry.of(Kind.OTHER_CONTEXT);
        }
        int best = comparison.ranking().indexOf(1);
        if (best != comparison.ranking().lastIndexOf(1)) {
            return Entry.of(Kind.TIE);
        }
        List<String> rejected = comparison.responses().stream()
                .map(ComparedResponse::responseId)
                .collect(Collectors.toCollection(ArrayList::new));
        String chosen = rejected.remove(best);
        return new Entry(
                Kind.PAIR, comparison.promptId(), chosen, List.copyOf(rejected), Math.max(rationality(comparison), 0));
    }

    /** σ̂ = ψ₀ + γ̂ᵀψ, MODEL (1). */
    private double rationality(StoredComparison comparison) {
        double rationality = comparison.context().offset();
        for (int j = 0; j < comparison.context().features().length; j++) {
            rationality += snapshot.parameters().rationality().get(j)
                    * comparison.context().features()[j];
        }
        return rationality;
    }
}
