package dev.assay.service.serve;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.inference.Interval;
import dev.assay.service.http.Answer;
import dev.assay.service.serve.dashboard.Annotators;
import dev.assay.service.serve.dashboard.Seen;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.model.ScoreRequest.CovarianceChoice;
import dev.assay.streams.model.ShardAnnotators;
import dev.assay.streams.score.ScoringOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/annotators}: how annotators judge, compared with the model of annotators like them; MODEL (18b). */
final class AnnotatorsRoute {
    private static final int USUAL = 100;

    private final String model;
    private final double usualLevel;
    private final Supplier<Seen> seen;

    /**
     * @param model name of the deployment
     * @param usualLevel where a request names none
     * @param seen of the topics up to now
     */
    AnnotatorsRoute(String model, double usualLevel, Supplier<Seen> seen) {
        this.model = model;
        this.usualLevel = usualLevel;
        this.seen = seen;
    }

    /**
     * @param limit how many are named, as in the query; null: 100
     * @param level of each interval, as in the query; null: the deployment's
     */
    Answer answer(@Nullable String limit, @Nullable String level) {
        double wanted = level(level);
        int most = most(limit);
        Annotators annotators = seen.get().annotators();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("model", model);
        answer.put("level", wanted);
        answer.put("annotators_total", annotators.annotators());
        answer.put("judged_total", annotators.judgments());
        answer.put("below", annotators.below());
        answer.put("negative", annotators.negative());
        answer.put("multiplier_variance", annotators.multiplierVariance());
        answer.put(
                "reported_at",
                annotators.reportedAt() == null ? null : annotators.reportedAt().toString());
        answer.put(
                "annotators",
                annotators.first().stream()
                        .limit(most)
                        .map(one -> words(one, wanted))
                        .toList());
        return new Answer(200, answer);
    }

    private static Map<String, Object> words(ShardAnnotators.Annotator annotator, double level) {
        Interval interval = Interval.atLevel(annotator.multiplier(), annotator.standardError(), level);
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("annotator", annotator.annotatorId());
        words.put("judgments", annotator.judgments());
        words.put("multiplier", annotator.multiplier());
        words.put("standard_error", ScoringDesk.finite(interval.standardError()));
        words.put("lower", ScoringDesk.finite(interval.lower()));
        words.put("upper", ScoringDesk.finite(interval.upper()));
        words.put("shrunk_multiplier", annotator.shrunkMultiplier());
        words.put("flag", annotator.negative() ? "negative" : annotator.below() ? "below" : null);
        return words;
    }

    private double level(@Nullable String asked) {
        Double level = LeaderboardRoute.number(asked);
        new ScoringOptions(level, null, CovarianceChoice.AUTOMATIC, Centre.FEATURE_SPACE); // checks it
        return level == null ? usualLevel : level;
    }

    private static int most(@Nullable String limit) {
        boolean number = limit == null || limit.matches("[0-9]{1,9}");
        int most = limit == null ? USUAL : number ? Integer.parseInt(limit) : 0;
        Require.that(
                most >= 1 && most <= ShardAnnotators.MOST,
                "limit must be 1 to %s, was '%s'",
                ShardAnnotators.MOST,
                limit == null ? "" : limit.substring(0, Math.min(40, limit.length())));
        return most;
    }
}
