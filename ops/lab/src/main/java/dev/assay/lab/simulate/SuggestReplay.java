package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Centring;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One split, played in every order from the same first judgments.
 *
 * @param points after the first judgments and after every batch
 */
record SuggestReplay(Map<Asking.Order, List<SuggestPoint>> points) {
    /**
     * How votes are asked for.
     *
     * @param components leading features that are used, besides the length
     * @param start      votes taken at random first
     * @param batch      votes between two fits
     * @param most       votes in all
     */
    record Plan(int components, int start, int batch, int most) {}

    /** @return empty if some fit of it failed */
    static Optional<SuggestReplay> of(SuggestSplit split, Plan plan) {
        Fit whole = Fitting.cold(store(split.pool()));
        Optional<Covariance> covariance = Covariance.model(whole);
        if (!whole.converged() || covariance.isEmpty()) {
            return Optional.empty();
        }
        List<Interval> rewards = split.rewards(
                new Inference(whole.parameters(), covariance.get(), IntervalMethod.LEVEL), Centring.FEATURE_SPACE);
        Map<Asking.Order, List<SuggestPoint>> points = new EnumMap<>(Asking.Order.class);
        for (Asking.Order order : Asking.Order.values()) {
            Optional<List<SuggestPoint>> played = play(order, split, plan, rewards);
            if (played.isEmpty()) {
                return Optional.empty();
            }
            points.put(order, played.get());
        }
        return Optional.of(new SuggestReplay(points));
    }

    private static Optional<List<SuggestPoint>> play(
            Asking.Order order, SuggestSplit split, Plan plan, List<Interval> whole) {
        int start = Math.min(plan.start(), split.pool().size());
        List<JudgedPrompts.Vote> taken = new ArrayList<>(split.pool().subList(0, start));
        Asking asking = order.over(split.pool().subList(start, split.pool().size()), taken);
        DoubleComparisonStore store = store(taken);
        Fit fit = Fitting.cold(store);
        List<SuggestPoint> points = new ArrayList<>();
        while (true) {
            Optional<SuggestPoint> point = SuggestPoint.of(taken.size(), fit, split, whole);
            if (point.isEmpty()) {
                return Optional.empty();
            }
            points.add(point.get());
            int wanted = Math.min(plan.batch(), plan.most() - taken.size());
            List<JudgedPrompts.Vote> batch = wanted <= 0 ? List.of() : asking.next(fit, usual(taken), wanted);
            if (batch.isEmpty()) {
                return Optional.of(points);
            }
            batch.forEach(vote -> store.add(vote.comparison(), vote.annotator()));
            taken.addAll(batch);
            Fit warm = Fitting.from(fit.parameters(), store);
            fit = warm.converged() ? warm : Fitting.cold(store);
        }
    }

    private static Vector usual(List<JudgedPrompts.Vote> taken) {
        Vector sum = Vector.zeros(taken.get(0).comparison().context().size());
        for (JudgedPrompts.Vote vote : taken) {
            sum = sum.plus(vote.comparison().context());
        }
        return sum.times(1.0 / taken.size());
    }

    static DoubleComparisonStore store(List<JudgedPrompts.Vote> votes) {
        var any = votes.get(0).comparison();
        DoubleComparisonStore store =
                new DoubleComparisonStore(any.difference().size(), any.context().size());
        votes.forEach(vote -> store.add(vote.comparison(), vote.annotator()));
        return store;
    }

    List<SuggestPoint> of(Asking.Order order) {
        return points.getOrDefault(order, List.of());
    }

    /** The point of exactly so many judgments. */
    Optional<SuggestPoint> at(Asking.Order order, int judgments) {
        return of(order).stream()
                .filter(point -> point.judgments() == judgments)
                .findFirst();
    }

    /**
     * Judgments that an order needed to get a width down to a value, between two batches by a straight line in
     * logarithms; NaN if it did not get there.
     */
    double needed(Asking.Order order, ToDoubleFunction<SuggestPoint> width, double target) {
        List<SuggestPoint> all = of(order);
        for (int i = 0; i < all.size(); i++) {
            double after = width.applyAsDouble(all.get(i));
            if (after > target) {
                continue;
            }
            if (i == 0) {
                return all.get(0).judgments();
            }
            double before = width.applyAsDouble(all.get(i - 1));
            double share = Math.log(before / target) / Math.log(before / after);
            double from = all.get(i - 1).judgments();
            return from * Math.pow(all.get(i).judgments() / from, share);
        }
        return Double.NaN;
    }
}
