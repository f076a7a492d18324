package dev.assay.service.serve.dropin;

import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.inference.Interval;
import dev.assay.service.http.Doc;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Responses with the one number each that a drop-in has room for, and what is known of that number.
 *
 * @param model the deployment's name
 * @param origin what else the numbers come from
 * @param intervals MODEL (14), one a response, in the order of the request
 * @param choice of an interval, what is called the reward: its lower end or its estimate
 */
record Rewards(String model, Origin origin, List<Interval> intervals, ToDoubleFunction<Interval> choice) {
    /** What numbers come from. */
    @Doc(name = "RewardsOrigin")
    record Origin(
            @Doc("Of the one snapshot.") long parameterVersion,

            @Doc("Id of the feature space.") String featureSpace,

            @Doc(
                    value = "What the standard errors rest on.",
                    of = {"model", "clustered"})
            String covariance,

            @Doc("Standard errors to each side.") double quantile) {}

    /** @return the number of one response, in nats */
    double reward(int index) {
        return choice.applyAsDouble(intervals.get(index));
    }

    /** @return of one response: the reward, or with {@code activated} between 0 and 1, as classifiers say it */
    double score(int index, boolean activated) {
        // MODEL (1) at rationality 1: how probably it would be preferred to one of reward 0.
        return activated ? ChoiceModel.probability(reward(index)) : reward(index);
    }

    /** @return what {@code choice} is in {@link #intervals} for all responses, in their order */
    double[] all(ToDoubleFunction<Interval> choice) {
        return intervals.stream().mapToDouble(choice).toArray();
    }

    /** @return indices of the request, the best first; of equals the first */
    List<Integer> ranked() {
        return IntStream.range(0, intervals.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer index) -> -reward(index))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }
}
