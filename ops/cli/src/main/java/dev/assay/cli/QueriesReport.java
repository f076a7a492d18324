package dev.assay.cli;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.ComparisonStore;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.estimator.descent.StoreShard;
import dev.assay.estimator.descent.Wanted;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.BestOfN;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.PessimisticBestOfN;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answers to {@link Queries}, as they go into the JSON; null where there is no estimate to answer from.
 *
 * @param level              of the two-sided intervals
 * @param quantile           standard errors they reach to each side
 * @param model              intervals by the covariance J⁻¹
 * @param sandwich           intervals by the covariance H⁻¹BH⁻¹ over independent judgments
 * @param bestOfN            index of the action with the highest reward
 * @param pessimisticBestOfN index of the action with the highest lower bound by the covariance J⁻¹; the key says how many
 *                           standard errors below the estimate the bound lies
 * @param selectionSets      the same two for each selection set
 * @param testPoint          the likelihood at the test point; null also if none was given
 */
record QueriesReport(
        double level,
        double quantile,
        @Nullable Intervals model,
        @Nullable Intervals sandwich,
        @Nullable Integer bestOfN,
        @Nullable Map<Double, Integer> pessimisticBestOfN,
        @Nullable List<Choice> selectionSets,
        @Nullable TestPoint testPoint) {
    private static final List<Double> FIXED_QUANTILES = List.of(1.0, 3.0);
    private static final double NOT_ASKED = 0.5; // a margin does not depend on the preference

    /**
     * Intervals by one covariance.
     *
     * @param reward      of each action
     * @param difference  of each pair of actions
     * @param rationality of each context
     * @param margin      of context i with pair i, as far as there are both
     */
    record Intervals(
            List<Interval> reward, List<Interval> difference, List<Interval> rationality, List<Interval> margin) {}

    /** One set's selections; null if the set is empty or there is no covariance. */
    record Choice(@Nullable Integer bestOfN, @Nullable Map<Double, Integer> pessimisticBestOfN) {}

    /**
     * The likelihood at given parameters, per judgment: divided by the sum of the weights.
     *
     * @param meanLogLoss    in nats
     * @param gradient       of the mean log-loss, θ then γ
     * @param fisherDiagonal of the Fisher information, θ then γ
     */
    record TestPoint(double meanLogLoss, List<Double> gradient, List<Double> fisherDiagonal) {}

    /**
     * @param store    whose judgments the test point is about
     * @param estimate empty where there is none
     */
    static QueriesReport of(Queries queries, ComparisonStore store, Optional<FitEstimate> estimate) {
        double quantile = FitEstimate.quantile(queries.level());
        Optional<Choice> choice = estimate.map(e -> choice(vectors(queries.actions()), e, quantile));
        return new QueriesReport(
                queries.level(),
                quantile,
                estimate.map(e -> intervals(queries, e, e.model())).orElse(null),
                estimate.map(e -> intervals(queries, e, e.sandwich())).orElse(null),
                choice.map(Choice::bestOfN).orElse(null),
                choice.map(Choice::pessimisticBestOfN).orElse(null),
                estimate.map(e -> queries.selectionSets().stream()
                                .map(set -> choice(vectors(set), e, quantile))
                                .toList())
                        .orElse(null),
                testPoint(queries, store));
    }

    private static @Nullable Intervals intervals(
            Queries queries, FitEstimate estimate, @Nullable Covariance covariance) {
        if (covariance == null) {
            return null;
        }
        Inference inference = new Inference(estimate.parameters(), covariance, queries.level());
        List<Vector> actions = vectors(queries.actions());
        List<Vector> contexts = vectors(queries.contexts());
        List<Double> offsets = queries.offsets();
        List<Vector> differences = queries.differencePairs().stream()
                .map(pair -> actions.get(pair.get(0)).minus(actions.get(pair.get(1))))
                .toList();
        return new Intervals(
                actions.stream().map(inference::reward).toList(),
                differences.stream().map(inference::reward).toList(),
                IntStream.range(0, contexts.size())
                        .mapToObj(i -> inference.rationality(offsets.get(i), contexts.get(i)))
                        .toList(),
                IntStream.range(0, queries.margins())
                        .mapToObj(i -> inference.margin(
                                new Comparison(offsets.get(i), contexts.get(i), differences.get(i), NOT_ASKED, 1)))
                        .toList());
    }

    private static Choice choice(List<Vector> actions, FitEstimate estimate, double quantile) {
        Covariance covariance = estimate.model();
        if (actions.isEmpty() || covariance == null) {
            return new Choice(null, null);
        }
        Map<Double, Integer> pessimistic = new TreeMap<>();
        Stream.concat(Stream.of(quantile), FIXED_QUANTILES.stream())
                .forEach(q -> pessimistic.put(
                        q,
                        PessimisticBestOfN.select(candidates(actions, estimate, covariance, q))
                                .chosen()));
        return new Choice(
                BestOfN.select(candidates(actions, estimate, covariance, quantile))
                        .chosen(),
                pessimistic);
    }

    private static List<Candidate> candidates(
            List<Vector> actions, FitEstimate estimate, Covariance covariance, double quantile) {
        return Candidate.all(actions, Inference.ofQuantile(estimate.parameters(), covariance, quantile));
    }

    private static @Nullable TestPoint testPoint(Queries queries, ComparisonStore store) {
        if (queries.testPoint() == null) {
            return null;
        }
        Parameters point = Parameters.of(vector(queries.testPoint()), store.rewardDimension());
        RoundOrder moments = RoundOrder.warm("test-point", point);
        ShardSum sum = new StoreShard(store)
                .answer(new RoundOrder(moments.rerunId(), 0, point, List.of(), Wanted.STATISTICS, moments.state()));
        if (!(sum.weight() > 0)) {
            return null;
        }
        double perJudgment = 1 / sum.weight();
        PackedSymmetric information = PackedSymmetric.of(point.dimension(), sum.information());
        return new TestPoint(
                -sum.logLikelihood() * perJudgment,
                FitReport.list(sum.score().times(-perJudgment)),
                FitReport.list(information.diagonal().times(perJudgment)));
    }

    private static List<Vector> vectors(List<List<Double>> lists) {
        return lists.stream().map(QueriesReport::vector).toList();
    }

    private static Vector vector(List<Double> list) {
        return Vector.of(list.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
