package dev.assay.streams.score;

import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.BestOfN;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.PessimisticBestOfN;
import dev.assay.streams.model.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Computes decisions again, as they were computed, and compares bit for bit. */
public final class Replay {
    private Replay() {}

    /**
     * @param model of the decision's parameter version
     * @param features φ of all candidates before centring, each of size d
     * @return what differs, with the first such number before and now; empty if nothing
     */
    public static Optional<String> difference(Decision decision, ScoringModel model, List<float[]> features) {
        if (features.size() != decision.rewards().length) {
            return differs("candidates", decision.rewards().length, features.size());
        }
        if (!decision.featureSpace().equals(model.snapshot().spaces().featureSpace())) {
            return differs(
                    "featureSpace",
                    decision.featureSpace(),
                    model.snapshot().spaces().featureSpace());
        }
        Double level = decision.level();
        ScoringOptions options;
        try {
            options = new ScoringOptions(
                    level, level == null ? decision.quantile() : null, decision.covariance(), decision.centre());
        } catch (IllegalArgumentException e) { // No scorer answers so: somebody else wrote it.
            return Optional.of(String.valueOf(e.getMessage()));
        }
        Optional<Scoring> scoring = Scoring.of(model, options, level == null ? 0 : level);
        if (scoring.isEmpty()) {
            return Optional.of(Scoring.noCovariance(model, decision.covariance()));
        }
        if (!same(scoring.get().quantile(), decision.quantile())) {
            return differs("quantile", decision.quantile(), scoring.get().quantile());
        }
        int dimension = model.snapshot().rewardDimension();
        List<Candidate> candidates = scoring.get().candidates(FeatureRows.of(features, dimension));
        return first("rewards", decision.rewards(), DecisionMaker.numbers(candidates, Interval::estimate))
                .or(() -> first(
                        "standardErrors",
                        decision.standardErrors(),
                        DecisionMaker.numbers(candidates, Interval::standardError)))
                .or(() -> first("lower", decision.lower(), DecisionMaker.numbers(candidates, Interval::lower)))
                .or(() -> first("upper", decision.upper(), DecisionMaker.numbers(candidates, Interval::upper)))
                .or(() -> chosen(decision, candidates));
    }

    /**
     * The features that were kept with a decision.
     *
     * @return one row a candidate; empty if they were not kept, or are not of dimension {@code dimension}
     */
    public static Optional<List<float[]>> features(Decision decision, int dimension) {
        float[] kept = decision.features();
        int count = decision.rewards().length;
        if (kept == null || kept.length != (long) count * dimension) {
            return Optional.empty();
        }
        List<float[]> rows = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            rows.add(Arrays.copyOfRange(kept, row * dimension, (row + 1) * dimension));
        }
        return Optional.of(rows);
    }

    private static Optional<String> chosen(Decision decision, List<Candidate> candidates) {
        Integer before = decision.chosen();
        int now = decision.otherPolicy()
                ? BestOfN.select(candidates).chosen()
                : PessimisticBestOfN.select(candidates).chosen();
        return before == null || before == now ? Optional.empty() : differs("chosen", before, now);
    }

    private static Optional<String> first(String field, double[] before, double[] now) {
        for (int i = 0; i < now.length; i++) {
            if (i >= before.length || !same(before[i], now[i])) {
                return differs(field + "[" + i + "]", i < before.length ? before[i] : "missing", now[i]);
            }
        }
        return Optional.empty();
    }

    private static boolean same(double before, double now) {
        return Double.doubleToRawLongBits(before) == Double.doubleToRawLongBits(now);
    }

    private static Optional<String> differs(String field, Object before, Object now) {
        return Optional.of(field + " was " + before + ", is now " + now);
    }
}
