package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LeaderboardTest {
    private static final MonteCarlo DRAWS = new MonteCarlo(1, 1000);

    @Test
    void aRewardIsThePoliciesLessTheAverageOfAll() {
        Estimates estimates = new Estimates(5, 3, 2);
        Inference inference = estimates.next();
        List<List<Vector>> policies = policies(estimates, 4, 9);
        Leaderboard board = Leaderboard.of(policies, inference, 0.95, DRAWS);
        List<Vector> average = new ArrayList<>();
        for (int prompt = 0; prompt < 9; prompt++) {
            Vector sum = Vector.zeros(3);
            for (List<Vector> policy : policies) {
                sum = sum.plus(policy.get(prompt).times(0.25));
            }
            average.add(sum);
        }
        double total = 0;
        for (Leaderboard.Entry entry : board.entries()) {
            Interval expected = PolicyReward.difference(policies.get(entry.policy()), average, inference)
                    .test()
                    .interval();
            assertThat(entry.reward().estimate()).isCloseTo(expected.estimate(), within(1e-12));
            assertThat(entry.reward().standardError()).isCloseTo(expected.standardError(), within(1e-12));
            assertThat(entry.reward().upper() - entry.reward().estimate())
                    .isCloseTo(board.criticalValue() * expected.standardError(), within(1e-12));
            total += entry.reward().estimate();
        }
        assertThat(total).isCloseTo(0, within(1e-12));
        assertThat(board.prompts()).isEqualTo(9);
        // Ranks are of these rewards.
        for (Leaderboard.Entry entry : board.entries()) {
            long above = board.entries().stream()
                    .filter(other -> other.reward().estimate() > entry.reward().estimate())
                    .count();
            assertThat(entry.rank()).isEqualTo(1 + (int) above);
        }
    }

    @Test
    void rewardsAndRanksHoldTogetherAtTheLevel() {
        Estimates estimates = new Estimates(37, 3, 3);
        List<Vector> shifts =
                Stream.generate(() -> estimates.normal(3).times(0.4)).limit(6).toList();
        List<Double> truth =
                shifts.stream().map(shift -> estimates.truth().dot(shift)).toList();
        double mean = truth.stream().mapToDouble(value -> value).average().orElseThrow();
        int rewardsHeld = 0;
        int ranksHeld = 0;
        int estimatedRanksHeld = 0;
        int rankWidths = 0;
        int estimations = 300;
        for (int i = 0; i < estimations; i++) {
            Leaderboard board =
                    Leaderboard.of(PolicyComparisonsTest.shifted(estimates, shifts, 20), estimates.next(), 0.95, DRAWS);
            boolean rewards = true;
            boolean ranks = true;
            boolean estimated = true;
            for (Leaderboard.Entry entry : board.entries()) {
                double own = truth.get(entry.policy());
                int rank = 1 + (int) truth.stream().filter(other -> other > own).count();
                rewards &= entry.reward().contains(own - mean);
                ranks &= entry.rankLower() <= rank && rank <= entry.rankUpper();
                estimated &= entry.rank() == rank;
                rankWidths += entry.rankUpper() - entry.rankLower();
                assertThat(entry.rank()).isBetween(entry.rankLower(), entry.rankUpper());
            }
            rewardsHeld += rewards ? 1 : 0;
            ranksHeld += ranks ? 1 : 0;
            estimatedRanksHeld += estimated ? 1 : 0;
        }
        // Binomial(300, .95): mean 285, standard deviation 3.8; as in PolicyComparisonsTest somewhat more than .95 is
        // right.
        assertThat(rewardsHeld).isBetween(274, 299);
        // Ranks are wrong only where some pair's interval is, and then not always.
        assertThat(ranksHeld).isGreaterThan(276);
        assertThat(estimatedRanksHeld).isLessThan(265); // so that bounds on the estimated rank alone would fail above
        assertThat(rankWidths / (6.0 * estimations)).isLessThan(4); // so that bounds from 1 to 6 would fail here
    }

    @Test
    void twinsShareTheirRank() {
        Estimates estimates = new Estimates(3, 3, 2);
        List<List<Vector>> policies = new ArrayList<>(policies(estimates, 2, 5));
        policies.add(policies.get(1));
        List<Leaderboard.Entry> entries =
                Leaderboard.of(policies, estimates.next(), 0.95, DRAWS).entries();
        assertThat(entries.get(1).rank()).isEqualTo(entries.get(2).rank());
        assertThat(entries.get(1).rankLower()).isEqualTo(entries.get(2).rankLower());
        assertThat(entries.get(1).reward().estimate())
                .isCloseTo(entries.get(2).reward().estimate(), within(1e-12));
    }

    private static List<List<Vector>> policies(Estimates estimates, int count, int prompts) {
        return PolicyComparisonsTest.shifted(
                estimates,
                Stream.generate(() -> estimates.normal(3)).limit(count).toList(),
                prompts);
    }
}
