package dev.assay.streams.collect;

import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.schemas.admit.ComparisonKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The annotators of a shard: their numbers in the columns, and who is on the deny list. */
final class AnnotatorRegister {
    private final Map<KeyHash, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final Set<KeyHash> denied = new HashSet<>();
    private long denials;

    /** @return ids by number */
    List<String> ids() {
        return ids;
    }

    /** @return the number of the key's annotator, given out where there is none yet */
    int numberOf(ComparisonKey key) {
        String annotatorId = key.getAnnotatorId();
        if (annotatorId == null) {
            return ComparisonBlock.OWN_CLUSTER;
        }
        return numbers.computeIfAbsent(KeyHash.of(annotatorId), unseen -> {
            ids.add(annotatorId);
            return ids.size() - 1;
        });
    }

    boolean nobodyIsDenied() {
        return denied.isEmpty();
    }

    boolean isDenied(ComparisonKey key) {
        return key.getAnnotatorId() != null && !denied.isEmpty() && denied.contains(KeyHash.of(key.getAnnotatorId()));
    }

    /** @return the annotator's number; empty if there was never one */
    OptionalInt deny(String annotatorId) {
        KeyHash annotator = KeyHash.of(annotatorId);
        if (denied.add(annotator)) {
            denials++;
        }
        Integer number = numbers.get(annotator);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** @return how often somebody came on the deny list */
    long denials() {
        return denials;
    }

    void lift(String annotatorId) {
        denied.remove(KeyHash.of(annotatorId));
    }

    void clear() {
        numbers.clear();
        ids.clear();
        denied.clear();
    }
}
