package dev.assay.streams.descend;

import dev.assay.estimator.inference.AnnotatorEstimate;
import dev.assay.estimator.inference.AnnotatorReport;
import dev.assay.streams.adapt.Event;
import dev.assay.streams.adapt.Linearisation;
import dev.assay.streams.collect.ShardStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells of annotators whose judgments do not fit the model of annotators like them: MODEL (18b), after every rerun, for
 * the annotators of one shard. The share of wrong flags is kept within each shard, hence over all. Whoever was told of is
 * told of again only after he fitted in between, or the shard moved.
 */
public final class AnnotatorWatch {
    private final String model;
    private Set<Integer> flagged = Set.of();

    /** @param model name of the deployment */
    public AnnotatorWatch(String model) {
        this.model = model;
    }

    /** Of the shard at its point of linearisation, in which there must be one. */
    List<Event> report(ShardStore store, long nowMillis) {
        Linearisation at = store.linearisation().orElseThrow();
        AnnotatorReport report = AnnotatorReport.of(store.tally(), AnnotatorReport.USUAL_RATE);
        List<Event> events = new ArrayList<>();
        Set<Integer> now = new HashSet<>();
        for (AnnotatorEstimate annotator : report.annotators()) {
            if (annotator.below() || annotator.negative()) {
                now.add(annotator.annotator());
                if (!flagged.contains(annotator.annotator())) {
                    String annotatorId = store.annotatorIds().get(annotator.annotator());
                    events.add(flag(annotatorId, annotator, at.epoch(), Instant.ofEpochMilli(nowMillis)));
                }
            }
        }
        flagged = now;
        return events;
    }

    private Event flag(String annotatorId, AnnotatorEstimate annotator, long epoch, Instant now) {
        return new Event(
                "annotator-" + UUID.nameUUIDFromBytes(annotatorId.getBytes(StandardCharsets.UTF_8)) + "-" + epoch,
                Event.Type.ANNOTATOR_FLAGGED,
                model,
                null,
                annotator.negative()
                        ? "An annotator answers against the reward."
                        : "An annotator answers less reliably than others of his kind.",
                Map.of(
                        "annotatorId", annotatorId,
                        "multiplier", Double.toString(annotator.multiplier()),
                        "standardError", Double.toString(annotator.standardError()),
                        "judgments", Double.toString(annotator.judgments()),
                        "negative", Boolean.toString(annotator.negative())),
                now);
    }
}
