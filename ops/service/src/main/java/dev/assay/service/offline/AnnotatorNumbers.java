package dev.assay.service.offline;

import dev.assay.estimator.columns.ComparisonBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Annotators by number, in the order they first appear: a store knows them as clusters. */
public final class AnnotatorNumbers {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /** @param annotatorId null for a judgment of nobody known, which is its own cluster */
    public int of(@Nullable String annotatorId) {
        return annotatorId == null
                ? ComparisonBlock.OWN_CLUSTER
                : numbers.computeIfAbsent(annotatorId, unseen -> numbers.size());
    }

    /** By number. */
    public List<String> ids() {
        return List.copyOf(numbers.keySet());
    }
}
