package dev.assay.streams.descend;

import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.inference.Identifiability;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.schemas.descend.PendingErasure;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.RerunReason;
import dev.assay.streams.quarantine.UnusableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the coordinator does, as events. */
final class Announcements {
    private final String model;

    /** @param model name of the deployment */
    Announcements(String model) {
        this.model = model;
    }

    List<Event> begun(OpenRerun rerun, long now) {
        List<Event> events = new ArrayList<>();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rerunId", rerun.getId());
        facts.put("reason", rerun.getReason());
        facts.put("judgments", Long.toString(rerun.getJudgments()));
        facts.put("drift", Double.toString(rerun.getDrift()));
        facts.put("resumed", Boolean.toString(rerun.getResumed()));
        if (!rerun.getCommandIds().isEmpty()) {
            facts.put("commandId", String.join(",", rerun.getCommandIds()));
        }
        if (RerunReason.of(rerun) == RerunReason.DRIFT) {
            String drifted =
                    "Updates are estimated to be " + rerun.getDrift() + " standard errors from the exact maximum.";
            events.add(event(rerun.getId() + "-drift", EventType.DRIFT, drifted, facts, now));
        }
        String started = "A rerun over " + rerun.getJudgments() + " judgments has started.";
        events.add(event(rerun.getId() + "-started", EventType.RERUN_STARTED, started, facts, now));
        return events;
    }

    Event superseded(Action.Superseded command, long now) {
        return event(
                command.commandId() + "-superseded",
                EventType.COMMAND_REFUSED,
                "A rerun that was asked for gives way to a rollback that was asked for later.",
                Map.of("commandId", command.commandId(), "rollback", command.by()),
                now);
    }

    Event identified(Identifiability found, String rerunId, long now) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rerunId", rerunId);
        facts.put("parametersPerJudgment", Double.toString(found.parametersPerJudgment()));
        facts.put("condition", Double.toString(found.condition()));
        facts.put("offsetExplained", Double.toString(found.offsetExplained()));
        facts.put("nonPositiveRationality", Double.toString(found.nonPositiveRationality()));
        found.largestCorrelation().ifPresent(value -> facts.put("largestCorrelation", Double.toString(value)));
        found.largestErrorRatio().ifPresent(value -> facts.put("largestErrorRatio", Double.toString(value)));
        String message = found.diagnostics().stream().map(Diagnostic::message).collect(Collectors.joining(" "));
        return event(rerunId + "-identifiability", EventType.IDENTIFIABILITY, message, facts, now);
    }

    Event receipt(PendingErasure erasure, long now) {
        ErasureProgress progress = Objects.requireNonNull(erasure.getProgress());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.putAll(asked(erasure.getErasure()));
        facts.put("judgments", Long.toString(progress.getJudgments()));
        facts.put("tombstones", Long.toString(progress.getTombstones()));
        facts.put("versionBefore", Long.toString(erasure.getErasure().getVersionBefore()));
        facts.put("versionDowndate", Long.toString(erasure.getVersionDowndate()));
        facts.put("versionAfter", Long.toString(erasure.getVersionAfter()));
        if (erasure.getGap() >= 0) {
            facts.put("gapStandardErrors", Double.toString(erasure.getGap()));
        }
        return event(
                "erased-" + erasure.getErasure().getCommandId(),
                EventType.ANNOTATOR_ERASED,
                progress.getJudgments() + " judgments of the annotator left the statistics, and "
                        + progress.getTombstones()
                        + " keys the topic of comparisons; whatever still comes is left out.",
                facts,
                now);
    }

    Event overdue(PendingErasure erasure, long now) {
        ErasureProgress progress = erasure.getProgress();
        Map<String, String> facts = new LinkedHashMap<>(asked(erasure.getErasure()));
        facts.put("askedAt", Instant.ofEpochMilli(erasure.getAskedAt()).toString());
        facts.put("awaited", awaited(progress));
        if (progress != null) {
            facts.put("judgments", Long.toString(progress.getJudgments()));
            facts.put("tombstones", Long.toString(progress.getTombstones()));
        }
        return event(
                "overdue-" + erasure.getErasure().getCommandId(),
                EventType.ERASURE_OVERDUE,
                "An erasure asked for "
                        + Duration.ofMillis(now - erasure.getAskedAt()).toSeconds()
                        + " s ago has no receipt yet; awaited is " + awaited(progress) + ".",
                facts,
                now);
    }

    private static String awaited(@Nullable ErasureProgress progress) {
        if (progress == null) {
            return "the annotator's shard";
        }
        if (progress.getSwept()) {
            return "a rerun";
        }
        return progress.getSearching() ? "tombstones" : "a search for keys, which fails";
    }

    /** Which command an erasure is for; one whose id another annotator's erasure had before says so. */
    private static Map<String, String> asked(Erasure erasure) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("commandId", erasure.getCommandId());
        Erasures.requestedAs(erasure).ifPresent(id -> facts.put("requestedAs", id));
        facts.put("requestedAt", erasure.getRequestedAt().toString());
        return facts;
    }

    Event unreadable(UnusableRecordException command, long now) {
        String message = "A command could not be read: " + command.getMessage();
        return event("refused-" + now, EventType.COMMAND_REFUSED, message, Map.of(), now);
    }

    Event memoryUnreadable(long now) {
        return event(
                "memory-unreadable-" + now,
                EventType.MEMORY_UNREADABLE,
                "What the coordinator remembered could not be read, and it has begun anew: a rollback holds no more, reruns"
                        + " asked for must be asked for again, erasures are found again on the topics.",
                Map.of(),
                now);
    }

    private Event event(String id, EventType type, String message, Map<String, String> facts, long now) {
        return new Event(id, type.name(), model, null, message, facts, Instant.ofEpochMilli(now));
    }
}
