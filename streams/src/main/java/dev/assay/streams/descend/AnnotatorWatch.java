package dev.assay.streams.descend;

import dev.assay.estimator.inference.AnnotatorEstimate;
import dev.assay.estimator.inference.AnnotatorReport;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.collect.ShardStore;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.ShardAnnotators;
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
 * told of again only after they fitted in between, or the shard moved.
 */
public final class AnnotatorWatch {
    private static final int FEWEST_TO_SPREAD = 2;

    private final String model;
    private Set<String> flagged = Set.of();

    /** @param model name of the deployment */
    public AnnotatorWatch(String model) {
        this.model = model;
    }

    /**
     * The annotators of one shard as they are now.
     *
     * @param report for the topic of annotators
     * @param flagged who do not fit; all of them
     */
    record Findings(ShardAnnotators report, List<ShardAnnotators.Annotator> flagged) {}

    /** Looks at the shard at its point of linearisation, in which there must be one. */
    Findings watch(ShardStore store, int shard, long nowMillis) {
        Linearisation at = store.linearisation().orElseThrow();
        AnnotatorReport found = AnnotatorReport.of(store.tally(), AnnotatorReport.USUAL_RATE);
        List<ShardAnnotators.Annotator> annotators = found.annotators().stream()
                .map(estimate -> named(store, estimate))
                .sorted(ShardAnnotators.FIRST)
                .toList();
        long known = annotators.stream()
                .filter(one -> Double.isFinite(one.standardError()))
                .count();
        ShardAnnotators report = new ShardAnnotators(
                model,
                shard,
                at.epoch(),
                Instant.ofEpochMilli(nowMillis),
                new ShardAnnotators.Totals(
                        annotators.size(),
                        annotators.stream()
                                .mapToDouble(ShardAnnotators.Annotator::judgments)
                                .sum(),
                        annotators.stream()
                                .filter(ShardAnnotators.Annotator::below)
                                .count(),
                        annotators.stream()
                                .filter(ShardAnnotators.Annotator::negative)
                                .count(),
                        known < FEWEST_TO_SPREAD ? null : (Double) found.multiplierVariance()),
                annotators.subList(0, Math.min(ShardAnnotators.MOST, annotators.size())));
        return new Findings(
                report,
                annotators.stream().filter(one -> one.below() || one.negative()).toList());
    }

    private static ShardAnnotators.Annotator named(ShardStore store, AnnotatorEstimate estimate) {
        return new ShardAnnotators.Annotator(
                store.annotatorIds().get(estimate.annotator()),
                estimate.judgments(),
                estimate.multiplier().estimate(),
                estimate.multiplier().standardError(),
                estimate.multiplier().shrunk(),
                estimate.below().flagged(),
                estimate.negative().flagged());
    }

    /** What is new since the last time, as events. */
    List<Event> told(Findings findings) {
        List<Event> events = new ArrayList<>();
        Set<String> now = new HashSet<>();
        for (ShardAnnotators.Annotator annotator : findings.flagged()) {
            now.add(annotator.annotatorId());
            if (!flagged.contains(annotator.annotatorId())) {
                events.add(flag(
                        annotator, findings.report().epoch(), findings.report().reportedAt()));
            }
        }
        flagged = now;
        return events;
    }

    private Event flag(ShardAnnotators.Annotator annotator, long epoch, Instant now) {
        String annotatorId = annotator.annotatorId();
        return new Event(
                "annotator-" + UUID.nameUUIDFromBytes(annotatorId.getBytes(StandardCharsets.UTF_8)) + "-" + epoch,
                EventType.ANNOTATOR_FLAGGED.name(),
                model,
                null,
                annotator.negative()
                        ? "An annotator answers against the reward."
                        : "An annotator answers less reliably than others of the same kind.",
                Map.of(
                        "annotatorId", annotatorId,
                        "multiplier", Double.toString(annotator.multiplier()),
                        "standardError", Double.toString(annotator.standardError()),
                        "judgments", Double.toString(annotator.judgments()),
                        "negative", Boolean.toString(annotator.negative())),
                now);
    }
}
