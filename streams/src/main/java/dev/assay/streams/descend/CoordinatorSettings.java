package dev.assay.streams.descend;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.streams.model.Coordination;
import java.time.Duration;

/**
 * What a coordinator is made from.
 *
 * @param fit when a descent stops
 * @param schedule when reruns are due
 * @param updateInterval between two updates at least
 * @param rewardDimension d
 * @param rationalityDimension k
 */
public record CoordinatorSettings(
        FitConfig fit, RerunSchedule schedule, Duration updateInterval, int rewardDimension, int rationalityDimension) {
    Coordinator coordinator(int shards, Coordination before) {
        return new Coordinator(
                new AlternatingDescent(fit),
                fit,
                schedule,
                updateInterval,
                shards,
                Parameters.zeros(rewardDimension, rationalityDimension),
                before);
    }
}
