package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Leaderboard;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.http.Doc;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.service.serve.desk.Head;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.score.Scoring;
import dev.assay.streams.score.ScoringOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/leaderboard}: the policies the scorer was given responses of, with simultaneous intervals and bounds of ranks. */
final class LeaderboardRoute {
    private final ScoringDesk desk;
    private final @Nullable PolicyResponses responses;
    private volatile @Nullable Remembered newest;

    /** The same snapshot gives the same leaderboard, and a drawn quantile costs. */
    private record Remembered(long version, double level, HttpAnswer answer) {}

    LeaderboardRoute(ScoringDesk desk, @Nullable PolicyResponses responses) {
        this.desk = desk;
        this.responses = responses;
    }

    /** What it answers. */
    @Doc(
            name = "LeaderboardAnswer",
            value = "The policies of the responses that the scorer was started with, MODEL (17).")
    record Standings(
            @JsonUnwrapped Head.Simultaneous head,

            @Doc(value = "That all policies answered.", min = 2)
            int prompts,

            @Doc(value = "Standard errors to each side: the quantile of the largest |T| over the policies.", min = 0)
            double criticalValue,

            @Doc("The best first.") List<Standing> policies) {}

    /** Of one policy. */
    record Standing(
            @Doc("Its name in the responses.") String policy,

            @Doc("Mean reward less that of the average policy, nats.")
            double reward,

            @Doc(value = "Of it, nats.", min = 0) double standardError,

            @Doc("The intervals of all policies hold together.")
            double lower,

            double upper,

            @Doc(value = "1 for the highest reward; equals share theirs.", min = 1)
            int rank,

            @Doc(value = "1 + number of policies that are significantly better.", min = 1)
            int rankLower,

            @Doc(value = "Number of policies less those that are significantly worse.", min = 1)
            int rankUpper) {
        static Standing of(String policy, Leaderboard.Entry entry) {
            return new Standing(
                    policy,
                    entry.reward().estimate(),
                    entry.reward().standardError(),
                    entry.reward().lower(),
                    entry.reward().upper(),
                    entry.rank(),
                    entry.rankLower(),
                    entry.rankUpper());
        }
    }

    Route route() {
        return Route.get("/v1/leaderboard", this::answer)
                .named("leaderboard", "Policies by reward, with bounds for their ranks")
                .saying(
                        "Of the responses that the scorer was started with (assay scorer --responses), on the prompts that"
                                + " all of their policies answered.")
                .with(level("Of all intervals and ranks together"))
                .answers(Standings.class)
                .refuses(400, 503)
                .refuses(404, "The scorer was started without responses.");
    }

    /** @return how a query names a level */
    static Route.Parameter level(String of) {
        return new Route.Parameter(
                "query",
                "level",
                of + "; above 0 and at most 1 - 1e-12. Default score.level.",
                Map.of("type", "number", "format", "double"));
    }

    private HttpAnswer answer(Request request) {
        PolicyResponses given = responses;
        if (given == null) {
            throw HttpProblem.of(
                    404, "this scorer has no responses of policies to rank; start it with --responses FOLDER");
        }
        Scoring scoring = desk.scoring(new ScoringOptions(
                number(request.query("level")), null, CovarianceKind.AUTOMATIC, Centring.FEATURE_SPACE));
        double wanted = PolicyTable.level(scoring);
        long version = scoring.snapshot().version();
        Remembered known = newest;
        if (known != null && known.version == version && known.level == wanted) {
            return known.answer;
        }
        HttpAnswer answer = answer(given, scoring, wanted);
        newest = new Remembered(version, wanted, answer);
        return answer;
    }

    private static HttpAnswer answer(PolicyResponses given, Scoring scoring, double level) {
        Leaderboard board = Leaderboard.of(given.features(), scoring.inference(), level, Scoring.DRAWS);
        List<Standing> policies = board.entries().stream()
                .map(entry -> Standing.of(given.policies().get(entry.policy()), entry))
                .sorted(Comparator.comparingInt(Standing::rank))
                .toList();
        return new HttpAnswer(
                200, new Standings(Head.Simultaneous.of(scoring), board.prompts(), board.criticalValue(), policies));
    }

    static @Nullable Double number(@Nullable String level) {
        try {
            return level == null ? null : Double.valueOf(level);
        } catch (NumberFormatException e) {
            throw HttpProblem.of(
                    400, "level must be a number, was '" + level.substring(0, Math.min(40, level.length())) + "'");
        }
    }
}
