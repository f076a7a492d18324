package dev.assay.service.serve;

import dev.assay.estimator.inference.Leaderboard;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Problem;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.model.ScoreRequest.CovarianceChoice;
import dev.assay.streams.score.Scoring;
import dev.assay.streams.score.ScoringOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/leaderboard}: the policies the scorer was given responses of, with simultaneous intervals and bounds of ranks. */
final class LeaderboardRoute {
    private final ScoringDesk desk;
    private final @Nullable PolicyResponses responses;
    private volatile @Nullable Remembered newest;

    /** The same snapshot gives the same leaderboard, and a drawn quantile costs. */
    private record Remembered(long version, double level, Answer answer) {}

    LeaderboardRoute(ScoringDesk desk, @Nullable PolicyResponses responses) {
        this.desk = desk;
        this.responses = responses;
    }

    /** @param level as in the query; null: the deployment's */
    Answer answer(@Nullable String level) {
        PolicyResponses given = responses;
        if (given == null) {
            throw Problem.of(404, "this scorer has no responses of policies to rank; start it with --responses FOLDER");
        }
        Scoring scoring =
                desk.scoring(new ScoringOptions(number(level), null, CovarianceChoice.AUTOMATIC, Centre.FEATURE_SPACE));
        double wanted = PolicyTable.level(scoring);
        long version = scoring.snapshot().version();
        Remembered known = newest;
        if (known != null && known.version == version && known.level == wanted) {
            return known.answer;
        }
        Answer answer = answer(given, scoring, wanted);
        newest = new Remembered(version, wanted, answer);
        return answer;
    }

    private static Answer answer(PolicyResponses given, Scoring scoring, double level) {
        Leaderboard board = Leaderboard.of(given.features(), scoring.inference(), level, Scoring.DRAWS);
        List<Map<String, Object>> policies = new ArrayList<>();
        for (Leaderboard.Entry entry : board.entries()) {
            Map<String, Object> policy = new LinkedHashMap<>();
            policy.put("policy", given.policies().get(entry.policy()));
            policy.put("reward", entry.reward().estimate());
            policy.put("standard_error", entry.reward().standardError());
            policy.put("lower", entry.reward().lower());
            policy.put("upper", entry.reward().upper());
            policy.put("rank", entry.rank());
            policy.put("rank_lower", entry.rankLower());
            policy.put("rank_upper", entry.rankUpper());
            policies.add(policy);
        }
        policies.sort(java.util.Comparator.comparing(policy -> (Integer) policy.get("rank")));
        Map<String, Object> answer = ScoringDesk.headOfSimultaneous(scoring);
        answer.put("prompts", board.prompts());
        answer.put("critical_value", board.criticalValue());
        answer.put("policies", policies);
        return new Answer(200, answer);
    }

    static @Nullable Double number(@Nullable String level) {
        try {
            return level == null ? null : Double.valueOf(level);
        } catch (NumberFormatException e) {
            throw Problem.of(
                    400, "level must be a number, was '" + level.substring(0, Math.min(40, level.length())) + "'");
        }
    }
}
