package dev.assay.service.serve.dashboard;

import dev.assay.service.http.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** {@code GET /v1/activity}: what the estimator does, and {@code GET /v1/refusals}: what was refused. */
public final class ActivityRoute {
    private final Supplier<Seen> seen;

    /** @param seen of the topics up to now */
    public ActivityRoute(Supplier<Seen> seen) {
        this.seen = seen;
    }

    public Answer activity() {
        return activity(seen.get());
    }

    public Answer refusals() {
        return refusals(seen.get());
    }

    static Answer activity(Seen seen) {
        Activity activity = seen.activity();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("running", activity.running() == null ? null : rerun(activity.running()));
        answer.put(
                "reruns", activity.reruns().stream().map(ActivityRoute::rerun).toList());
        answer.put(
                "versions",
                activity.versions().stream().map(ActivityRoute::version).toList());
        answer.put(
                "events",
                activity.events().stream().map(ActivityRoute::happening).toList());
        return new Answer(200, answer);
    }

    static Answer refusals(Seen seen) {
        List<Map<String, Object>> reasons = seen.refusals().reasons().stream()
                .map(one -> {
                    Map<String, Object> reason = new LinkedHashMap<>();
                    reason.put("reason", one.reason());
                    reason.put("count", one.count());
                    reason.put("last_at", one.lastAt().toString());
                    reason.put("last", one.last());
                    return reason;
                })
                .toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("total", seen.refusals().total());
        answer.put("truncated", seen.refusals().truncated());
        answer.put("reasons", reasons);
        return new Answer(200, answer);
    }

    private static Map<String, Object> rerun(Activity.Rerun rerun) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("rerun_id", rerun.id());
        words.put("reason", rerun.reason().toLowerCase(Locale.ROOT));
        words.put("started_at", rerun.startedAt().toString());
        words.put(
                "finished_at",
                rerun.finishedAt() == null ? null : rerun.finishedAt().toString());
        words.put("outcome", rerun.outcome().name().toLowerCase(Locale.ROOT));
        words.put("judgments", rerun.judgments());
        words.put("drift", rerun.drift());
        words.put("rounds", rerun.rounds().stream().map(ActivityRoute::round).toList());
        words.put("version", rerun.version());
        return words;
    }

    private static Map<String, Object> round(Activity.Round round) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("round", round.number());
        words.put("at", round.at().toString());
        return words;
    }

    private static Map<String, Object> version(Activity.Version version) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("version", version.number());
        words.put("kind", version.kind().name().toLowerCase(Locale.ROOT));
        words.put("judgments", version.judgments());
        words.put("drift", version.drift());
        words.put("published_at", version.publishedAt().toString());
        return words;
    }

    private static Map<String, Object> happening(Activity.Happening happening) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("type", happening.type());
        words.put("time", happening.time().toString());
        words.put("message", happening.message());
        words.put("count", happening.count());
        return words;
    }
}
