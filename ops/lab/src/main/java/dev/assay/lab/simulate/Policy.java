package dev.assay.lab.simulate;

import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.BestOfN;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.PessimisticBestOfN;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Chooses one of N candidates.
 *
 * @param quantile q: how many standard errors a bound lies below the estimate; 0 for plain best-of-N
 * @param centred  whether bounds are counted from the candidates' mean
 */
record Policy(double quantile, boolean centred) {
    static final Policy PLAIN = new Policy(0, false);

    /** Plain first. 0.5, 1, 1.96 and 3 are intervals of level 0.38, 0.68, 0.95 and 0.997. */
    static final List<Policy> ALL = all(0.5, 1, 1.96, 3);

    /** How every annotator alike is called, with plain best-of-N. */
    static final String BRADLEY_TERRY = "Bradley–Terry, plain";

    /** Of all, that one last. */
    static final List<String> NAMES = Stream.concat(ALL.stream().map(Policy::text), Stream.of(BRADLEY_TERRY))
            .toList();

    private static List<Policy> all(double... quantiles) {
        List<Policy> all = new ArrayList<>(List.of(PLAIN));
        for (boolean centred : new boolean[] {false, true}) {
            for (double quantile : quantiles) {
                all.add(new Policy(quantile, centred));
            }
        }
        return all;
    }

    String text() {
        if (quantile == 0) {
            return "plain";
        }
        return "q=" + Numbers.plain(quantile) + (centred ? ", centred" : "");
    }

    /**
     * Indices of what every policy chooses, by their names.
     *
     * @param recorded rewards of the candidates, counted from the feature space
     * @param centred the same, counted from the candidates' mean
     * @param alike what is the best with every annotator alike
     */
    static Map<String, Integer> choices(List<Interval> recorded, List<Interval> centred, int alike) {
        Map<String, Integer> choices = new LinkedHashMap<>();
        ALL.forEach(policy -> choices.put(policy.text(), policy.choose(policy.centred ? centred : recorded)));
        choices.put(BRADLEY_TERRY, alike);
        return choices;
    }

    /** @param rewards of the candidates, counted from where this policy wants. @return index of the choice */
    int choose(List<Interval> rewards) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < rewards.size(); i++) {
            Interval reward = rewards.get(i);
            candidates.add(new Candidate(i, Interval.around(reward.estimate(), reward.standardError(), quantile)));
        }
        return (quantile == 0 ? BestOfN.select(candidates) : PessimisticBestOfN.select(candidates)).chosen();
    }
}
