package dev.assay.estimator.selection;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.inference.MonteCarlo;
import dev.assay.estimator.inference.SimultaneousDifferences;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates that are not significantly worse than the best-looking one: MODEL (21). With about the level's probability
 * the truly best is among them; more than one means that the judgments so far do not decide. The choice of the winner is
 * allowed for by comparing it with all others simultaneously.
 *
 * @param winner        index of the candidate with the highest estimated reward: MODEL (19)
 * @param indices       of the candidates kept, ascending; the winner is one
 * @param behind        how much each candidate is behind the winner, with simultaneous bounds; 0 for the winner itself
 * @param criticalValue quantile of max |Z| over pairs with the winner, in standard errors
 */
public record AbstainingSet(int winner, List<Integer> indices, List<Interval> behind, double criticalValue) {
    public AbstainingSet {
        indices = List.copyOf(indices);
        behind = List.copyOf(behind);
    }

    /** True if one candidate is significantly better than all others. */
    public boolean decided() {
        return indices.size() == 1;
    }

    /**
     * @param responses features φ, each of size d; at least one. Where they are counted from plays no part
     * @param level     1 − α for all pairs together, above 0 and below 1
     */
    public static AbstainingSet of(List<Vector> responses, Inference inference, double level, MonteCarlo monteCarlo) {
        Require.that(!responses.isEmpty(), "a selection needs at least one candidate");
        int winner = BestOfN.select(Candidate.all(responses, inference)).chosen();
        List<Vector> differences = responses.stream()
                .map(response -> responses.get(winner).minus(response))
                .toList();
        SimultaneousDifferences pairs = SimultaneousDifferences.of(differences, inference, level, monteCarlo);
        List<Interval> behind =
                pairs.tests().stream().map(test -> test.interval()).toList();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < behind.size(); i++) {
            if (behind.get(i).lower() <= 0) {
                kept.add(i);
            }
        }
        return new AbstainingSet(winner, kept, behind, pairs.criticalValue());
    }
}
