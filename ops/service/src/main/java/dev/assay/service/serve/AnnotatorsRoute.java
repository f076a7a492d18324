package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.http.Doc;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.service.serve.dashboard.Annotators;
import dev.assay.service.serve.dashboard.DashboardState;
import dev.assay.service.serve.desk.IntervalAnswer;
import dev.assay.streams.model.ShardAnnotators;
import dev.assay.streams.score.ScoringOptions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/annotators}: how annotators judge, compared with the model of annotators like them; MODEL (18b).
 *
 * @param model name of the deployment
 * @param usualLevel where a request names none
 * @param seen of the topics up to now
 */
record AnnotatorsRoute(String model, double usualLevel, Supplier<DashboardState> seen) {
    private static final int USUAL = 100;

    /** What it answers. */
    @Doc(name = "AnnotatorsAnswer")
    record Reported(
            @Doc("Name of the deployment.") String model,

            @Doc("Of each interval.") double level,

            @JsonUnwrapped Totals totals,

            @Doc("Flagged negative first, then below, then the others; each by shrunk_multiplier, the lowest first.")
            List<One> annotators) {}

    /** Of all of them, named or not. */
    record Totals(
            @Doc(value = "Annotators with a judgment, named here or not.", min = 0)
            long annotatorsTotal,

            @Doc(value = "Their judgments, by weight.", min = 0)
            double judgedTotal,

            @Doc(value = "How many of them are flagged so.", min = 0)
            long below,

            @Doc(value = "How many of them are flagged so; most are flagged below too.", min = 0)
            long negative,

            @Doc(
                    value =
                            "Of multipliers between annotators, beyond chance; the shards' mean by annotators. Null: with fewer than two annotators on every shard.",
                    min = 0)
            @Nullable
            Double multiplierVariance,

            @Doc("Null: there was no rerun yet.") @Nullable Instant reportedAt) {
        static Totals of(Annotators all) {
            return new Totals(
                    all.annotators(),
                    all.judgments(),
                    all.below(),
                    all.negative(),
                    all.multiplierVariance(),
                    all.reportedAt());
        }
    }

    /** One of them. */
    @Doc(name = "Annotator")
    record One(
            @Doc("Id.") String annotator,

            @Doc(value = "By weight.", min = 0) double judgments,

            @Doc("Of the rationality: 1 for the population, 0 for guessing, below 0 for judging the wrong way round.")
            double multiplier,

            @Doc(value = "Of the multiplier; null: nothing is known.", min = 0) @Nullable
            Double standardError,

            @Doc("Null: no bound.") @Nullable Double lower,

            @Doc("Null: no bound.") @Nullable Double upper,

            @Doc(
                    "Drawn towards 1 as far as annotators of the shard are alike: the guess with the least expected error.")
            double shrunkMultiplier,

            @Doc(
                    value =
                            "negative: judges against the reward. below: less rationally than others in such contexts. Null: neither; 5 % of each flag are wrong.",
                    of = {"negative", "below"})
            @Nullable
            String flag) {
        static One of(ShardAnnotators.Annotator annotator, double level) {
            Interval interval = Interval.atLevel(annotator.multiplier(), annotator.standardError(), level);
            return new One(
                    annotator.annotatorId(),
                    annotator.judgments(),
                    annotator.multiplier(),
                    IntervalAnswer.finite(interval.standardError()),
                    IntervalAnswer.finite(interval.lower()),
                    IntervalAnswer.finite(interval.upper()),
                    annotator.shrunkMultiplier(),
                    annotator.negative() ? "negative" : annotator.below() ? "below" : null);
        }
    }

    Route route() {
        return Route.get("/v1/annotators", this::answer)
                .named("annotators", "Annotators against the model of annotators like them")
                .saying(
                        "MODEL (18b), as of the newest rerun; those whom to look at first. The estimator reports them with"
                                + " every rerun, and again at once without an annotator who is erased.")
                .with(new Route.Parameter(
                        "query",
                        "limit",
                        "How many are named.",
                        Map.of("type", "integer", "minimum", 1, "maximum", ShardAnnotators.MOST, "default", USUAL)))
                .with(LeaderboardRoute.level("Of each interval"))
                .answers(Reported.class)
                .refuses(400);
    }

    private HttpAnswer answer(Request request) {
        double level = level(request.query("level"));
        int most = most(request.query("limit"));
        Annotators all = seen.get().annotators();
        List<One> first =
                all.first().stream().limit(most).map(one -> One.of(one, level)).toList();
        return new HttpAnswer(200, new Reported(model, level, Totals.of(all), first));
    }

    private double level(@Nullable String asked) {
        Double level = LeaderboardRoute.number(asked);
        new ScoringOptions(level, null, CovarianceKind.AUTOMATIC, Centring.FEATURE_SPACE); // checks it
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
