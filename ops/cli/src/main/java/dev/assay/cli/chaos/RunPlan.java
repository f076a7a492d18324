package dev.assay.cli.chaos;

import java.util.List;

/**
 * What one run is to be.
 *
 * @param seed of workload and schedule
 * @param seconds how long judgments stream and faults happen
 * @param instances estimators there are without faults
 * @param faults the schedule
 * @param erasures how many annotators are erased
 * @param rerun whether the estimate checked must be one that a RERUN command asked for
 */
record RunPlan(long seed, int seconds, int instances, List<Fault> faults, int erasures, boolean rerun) {
    static RunPlan draw(long seed, int seconds, int instances, int brokers, boolean erasures, boolean rerun) {
        List<Fault> faults = FaultSchedule.draw(seed, seconds, instances, brokers);
        return new RunPlan(seed, seconds, instances, faults, erasures ? 1 + (int) Math.floorMod(seed, 3L) : 0, rerun);
    }

    /** The same without faults. */
    RunPlan calm() {
        return new RunPlan(seed, seconds, instances, List.of(), erasures, rerun);
    }
}
