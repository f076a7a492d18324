package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run is to be.
 *
 * @param seed of workload and schedule
 * @param seconds how long judgments stream and faults happen
 * @param instances estimators there are without faults
 * @param faults the schedule
 * @param from class path of the build that estimators are of until they are upgraded; null: this one
 * @param erasures how many annotators are erased
 * @param rerun whether the estimate checked must be one that a RERUN command asked for
 * @param exactlyOnce whether a record refused twice counts as wrong, as it does where estimators process exactly once
 */
record RunPlan(
        long seed,
        int seconds,
        int instances,
        List<Fault> faults,
        @Nullable String from,
        int erasures,
        boolean rerun,
        boolean exactlyOnce) {
    boolean has(Action action) {
        return faults.stream().anyMatch(fault -> fault.action() == action);
    }
}
