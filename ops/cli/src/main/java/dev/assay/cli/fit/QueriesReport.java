package dev.assay.cli.fit;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.BestOfN;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.PessimisticBestOfN;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Statistics;
import dev.assay.estimator.sums.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The answers to {@link Queries}, as they go into the JSON; null where there is no estimate to answer from. All rest on
 * the covariance chosen.
 *
 * @param reward             of each action
 * @param difference         of each pair of actions
 * @param rationality        of each context
 * @param margin             of context i with pair i, as far as there are both
 * @param bestOfN            index of the action with the highest reward
 * @param pessimisticBestOfN index of the action with the highest lower bound; the key says how many standard errors
 *                           below the estimate the bound lies
 * @param selection          the same two for each selection set
 * @param testPoint          the likelihood at the test point; null also if none was given
 */
record QueriesReport(
        @Nullable Bounds reward,
        @Nullable Bounds difference,
        @Nullable Bounds rationality,
        @Nullable Bounds margin,
        @Nullable Integer bestOfN,
        @Nullable Map<Double, Integer> pessimisticBestOfN,
        @Nullable Selections selection,
        @Nullable TestPoint testPoint) {
    private static final List<Double> FIXED_QUANTILES = List.of(1.0, 3.0);
    private static final double NOT_ASKED = 0.5; // a margin does not depend on the preference

    /** Intervals in columns: entry i of each is of the i-th thing asked for, null where that is not estimable. */
    record Bounds(
            List<@Nullable Double> lower,
            List<@Nullable Double> estimate,
            List<@Nullable Double> upper,
            List<@Nullable Double> standardError) {
        static Bounds of(List<Interval> intervals) {
            return new Bounds(
                    column(intervals, Interval::lower),
                    column(intervals, Interval::estimate),
                    column(intervals, Interval::upper),
                    column(intervals, Interval::standardError));
        }

        private static List<@Nullable Double> column(List<Interval> intervals, ToDoubleFunction<Interval> value) {
            List<@Nullable Double> column = new ArrayList<>();
            for (Interval interval : intervals) {
                column.add(Double.isInfinite(interval.standardError()) ? null : (Double) value.applyAsDouble(interval));
            }
            return column;
        }
    }

    /**
     * What is chosen of each set.
     *
     * @param pessimistic by standard errors below the estimate
     */
    record Selections(List<Integer> bestOfN, Map<Double, List<Integer>> pessimistic) {}

    /**
     * The likelihood at given parameters, per judgment: divided by the sum of the weights.
     *
     * @param meanLogLoss    in nats
     * @param gradient       of the mean log-loss, θ then γ
     * @param fisherDiagonal of the Fisher information, θ then γ
     */
    record TestPoint(double meanLogLoss, List<Double> gradient, List<Double> fisherDiagonal) {}

    /**
     * @param input    whose judgments the test point is about
     * @param estimate empty where there is none
     */
    static QueriesReport of(Queries queries, double level, FitInput input, Optional<FitEstimate> estimate) {
        TestPoint testPoint = testPoint(queries, input);
        Covariance covariance = estimate.map(FitEstimate::chosen).orElse(null);
        if (estimate.isEmpty() || covariance == null) {
            return new QueriesReport(null, null, null, null, null, null, null, testPoint);
        }
        Inference inference = new Inference(estimate.get().parameters(), covariance, level);
        List<Vector> actions = vectors(queries.actions());
        List<Vector> contexts = vectors(queries.contexts());
        List<Double> offsets = queries.offsets();
        List<Vector> differences = queries.differencePairs().stream()
                .map(pair -> actions.get(pair.get(0)).minus(actions.get(pair.get(1))))
                .toList();
        Selections one = actions.isEmpty() ? null : selections(List.of(actions), inference);
        return new QueriesReport(
                Bounds.of(actions.stream().map(inference::reward).toList()),
                Bounds.of(differences.stream().map(inference::reward).toList()),
                Bounds.of(IntStream.range(0, contexts.size())
                        .mapToObj(i -> inference.rationality(offsets.get(i), contexts.get(i)))
                        .toList()),
                Bounds.of(IntStream.range(0, queries.margins())
                        .mapToObj(i -> inference.margin(
                                new Comparison(offsets.get(i), contexts.get(i), differences.get(i), NOT_ASKED, 1)))
                        .toList()),
                one == null ? null : one.bestOfN().get(0),
                one == null ? null : firsts(one.pessimistic()),
                selections(
                        queries.selectionSets().stream()
                                .map(QueriesReport::vectors)
                                .toList(),
                        inference),
                testPoint);
    }

    private static Map<Double, Integer> firsts(Map<Double, List<Integer>> chosen) {
        Map<Double, Integer> firsts = new TreeMap<>();
        chosen.forEach((quantile, indices) -> firsts.put(quantile, indices.get(0)));
        return firsts;
    }

    private static Selections selections(List<List<Vector>> sets, Inference inference) {
        Map<Double, List<Integer>> pessimistic = new TreeMap<>();
        Stream.concat(Stream.of(inference.quantile()), FIXED_QUANTILES.stream()).forEach(quantile -> {
            Inference bounds = Inference.ofQuantile(inference.parameters(), inference.covariance(), quantile);
            pessimistic.put(
                    quantile,
                    sets.stream()
                            .map(set -> PessimisticBestOfN.select(Candidate.all(set, bounds))
                                    .chosen())
                            .toList());
        });
        return new Selections(
                sets.stream()
                        .map(set ->
                                BestOfN.select(Candidate.all(set, inference)).chosen())
                        .toList(),
                pessimistic);
    }

    private static @Nullable TestPoint testPoint(Queries queries, FitInput input) {
        if (queries.testPoint() == null) {
            return null;
        }
        Parameters point = Parameters.of(vector(queries.testPoint()), input.rewardDimension());
        Answer sum = input.shard(1).answer(new Question(point, Wanted.STATISTICS));
        if (!(sum.weight() > 0)) {
            return null;
        }
        double perJudgment = 1 / sum.weight();
        Statistics at = sum.statistics();
        PackedSymmetric information = PackedSymmetric.of(point.dimension(), at.information());
        return new TestPoint(
                -at.logLikelihood() * perJudgment,
                FitReport.list(at.score().times(-perJudgment)),
                FitReport.list(information.diagonal().times(perJudgment)));
    }

    private static List<Vector> vectors(List<List<Double>> lists) {
        return lists.stream().map(QueriesReport::vector).toList();
    }

    private static Vector vector(List<Double> list) {
        return Vector.of(list.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
