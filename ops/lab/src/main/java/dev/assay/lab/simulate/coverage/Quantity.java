package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import java.util.function.ToIntFunction;

/** What intervals are for. */
@SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
enum Quantity {
    THETA(
            "θ",
            CoverageQueries::d,
            (i, inference, queries) -> inference.parameter(i),
            (i, truth, queries) -> truth.reward().get(i)),
    GAMMA(
            "γ",
            CoverageQueries::k,
            (i, inference, queries) -> inference.parameter(queries.d() + i),
            (i, truth, queries) -> truth.rationality().get(i)),
    REWARD(
            "reward",
            queries -> queries.responses().size(),
            (i, inference, queries) -> inference.reward(queries.responses().get(i)),
            (i, truth, queries) -> truth.reward().dot(queries.responses().get(i))),
    DIFFERENCE(
            "difference",
            queries -> queries.responses().size(),
            (i, inference, queries) -> inference.difference(queries.responses().get(i), next(i, queries)),
            (i, truth, queries) -> truth.reward().dot(queries.responses().get(i).minus(next(i, queries))));

    private final String text;
    private final ToIntFunction<CoverageQueries> size;
    private final Reading<Inference, Interval> interval;
    private final Reading<Parameters, Double> truth;

    /** Number {@code index} of the quantities, of what there is to know. */
    private interface Reading<K, A> {
        A of(int index, K known, CoverageQueries queries);
    }

    Quantity(
            String text,
            ToIntFunction<CoverageQueries> size,
            Reading<Inference, Interval> interval,
            Reading<Parameters, Double> truth) {
        this.text = text;
        this.size = size;
        this.interval = interval;
        this.truth = truth;
    }

    private static Vector next(int index, CoverageQueries queries) {
        return queries.responses().get((index + 1) % queries.responses().size());
    }

    String text() {
        return text;
    }

    /** How many of them are asked for. */
    int size(CoverageQueries queries) {
        return size.applyAsInt(queries);
    }

    Interval interval(int index, Inference inference, CoverageQueries queries) {
        return interval.of(index, inference, queries);
    }

    double truth(int index, Parameters parameters, CoverageQueries queries) {
        return truth.of(index, parameters, queries);
    }
}
