package dev.assay.streams.descend;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Method;
import dev.assay.streams.model.Coordination;
import java.time.Duration;

/**
 * What a coordinator is made from.
 *
 * @param method of descent
 * @param fit when a descent stops
 * @param schedule when reruns are due
 * @param updateInterval between two updates at least
 * @param rewardDimension d
 * @param rationalityDimension k
 */
public record CoordinatorSettings(
        Method method,
        FitConfig fit,
        RerunSchedule schedule,
        Duration updateInterval,
        int rewardDimension,
        int rationalityDimension) {
    Coordinator coordinator(int shards, Coordination before) {
        Parameters origin = Parameters.zeros(rewardDimension, rationalityDimension);
        Descents descents = new Descents(method, method.descent(fit), fit.tolerance(), shards, origin);
        return new Coordinator(descents, schedule, updateInterval, before);
    }
}
