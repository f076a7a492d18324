package dev.assay.streams.descend;

import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.inference.Identifiability;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.EventType;
import dev.assay.streams.model.PendingErasure;
import dev.assay.streams.model.Rerun;
import dev.assay.streams.model.RerunReason;
import dev.assay.streams.model.ShardReport.ErasureProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What the coordinator does, as events. */
final class Announcements {
    private final String model;

    /** @param model name of the deployment */
    Announcements(String model) {
        this.model = model;
    }

    List<Event> begun(Rerun rerun, long now) {
        List<Event> events = new ArrayList<>();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("rerunId", rerun.id());
        facts.put("reason", rerun.reason().name());
        facts.put("judgments", Long.toString(rerun.judgments()));
        facts.put("drift", Double.toString(rerun.drift()));
        facts.put("resumed", Boolean.toString(rerun.resumed()));
        if (!rerun.commandIds().isEmpty()) {
            facts.put("commandId", String.join(",", rerun.commandIds()));
        }
        if (rerun.reason() == RerunReason.DRIFT) {
            events.add(event(
                    rerun.id() + "-drift",
                    EventType.DRIFT,
                    "Updates are estimated to be " + rerun.drift() + " standard errors from the exact maximum.",
                    facts,
                    now));
        }
        events.add(event(
                rerun.id() + "-started",
                EventType.RERUN_STARTED,
                "A rerun over " + rerun.judgments() + " judgments has started.",
                facts,
                now));
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
        ErasureProgress progress = Objects.requireNonNull(erasure.progress());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("commandId", erasure.erasure().getCommandId());
        facts.put("judgments", Long.toString(progress.judgments()));
        facts.put("tombstones", Long.toString(progress.tombstones()));
        facts.put("versionBefore", Long.toString(erasure.erasure().getVersionBefore()));
        facts.put("versionDowndate", Long.toString(erasure.versionDowndate()));
        facts.put("versionAfter", Long.toString(erasure.versionAfter()));
        if (erasure.gap() >= 0) {
            facts.put("gapStandardErrors", Double.toString(erasure.gap()));
        }
        return event(
                "erased-" + erasure.erasure().getCommandId(),
                EventType.ANNOTATOR_ERASED,
                progress.judgments() + " judgments of the annotator left the statistics, and " + progress.tombstones()
                        + " keys the topic of comparisons; whatever still comes is left out.",
                facts,
                now);
    }

    private Event event(String id, EventType type, String message, Map<String, String> facts, long now) {
        return new Event(id, type.name(), model, null, message, facts, Instant.ofEpochMilli(now));
    }
}
