package dev.assay.lab.evidence;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.model.Judgment;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The judgments that stand once everything sent is processed, kept apart from every topic. */
public final class ExpectedSet {
    private final Map<ComparisonKey, Judgment> standing = new HashMap<>();
    private final Set<String> erased = new HashSet<>();

    public void judged(Judgment judgment) {
        if (!isErased(judgment.annotatorId())) {
            standing.put(key(judgment), judgment);
        }
    }

    public void retracted(ComparisonKey key) {
        standing.remove(key);
    }

    /** For good: what the annotator judges after this, or was judging, counts no more. */
    public void erased(String annotatorId) {
        erased.add(annotatorId);
        standing.keySet().removeIf(key -> annotatorId.equals(key.getAnnotatorId()));
    }

    public boolean isErased(@Nullable String annotatorId) {
        return annotatorId != null && erased.contains(annotatorId);
    }

    public Map<ComparisonKey, Judgment> standing() {
        return Collections.unmodifiableMap(standing);
    }

    public double weight() {
        return standing.values().stream().mapToDouble(Judgment::weight).sum();
    }

    public static ComparisonKey key(Judgment judgment) {
        return new ComparisonKey(judgment.annotatorId(), judgment.judgmentId());
    }
}
