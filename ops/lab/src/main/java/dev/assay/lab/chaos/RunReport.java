package dev.assay.lab.chaos;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;

/**
 * What one run did and found; one line of the file {@code --out}, flat.
 *
 * @param sent what the world sent
 * @param expected judgments that should stand in the end
 * @param seconds the whole run took
 * @param failures what is wrong, in sentences; empty: all is as it should be
 * @param schedule the faults
 * @param logs folder of the children's logs
 */
record RunReport(
        @JsonUnwrapped Setting setting,
        @JsonUnwrapped TrafficCounts sent,
        int expected,
        @JsonUnwrapped Found found,
        double seconds,
        List<String> failures,
        List<String> schedule,
        String logs) {
    /**
     * What ran.
     *
     * @param seed of workload and schedule
     * @param instances estimators
     * @param brokers brokers
     */
    record Setting(long seed, int instances, int brokers) {}

    /**
     * What happened.
     *
     * @param faults how many faults were played
     * @param exits estimators that ended without being asked to, and were started again
     * @param versions snapshots on the topic of parameters
     * @param reruns snapshots on the topic of their history, which keeps those of reruns
     * @param maxDifference largest difference of a parameter from the offline fit, in standard errors; NaN if not reached
     */
    record Found(int faults, int exits, int versions, int reruns, double maxDifference) {}

    boolean ok() {
        return failures.isEmpty();
    }

    static String header() {
        return "      seed inst  judged  edits retract erased faults exits versions reruns  max diff seconds";
    }

    /** One line for people, and one more for each thing that is wrong. */
    String line() {
        String line = String.format(
                Locale.ROOT,
                "%10d %4d %7d %6d %7d %6d %6d %5d %8d %6d %9.1e %7.1f  %s",
                setting.seed,
                setting.instances,
                sent.judgments,
                sent.edits,
                sent.retractions,
                sent.erasures,
                found.faults,
                found.exits,
                found.versions,
                found.reruns,
                found.maxDifference,
                seconds,
                ok() ? "ok" : "FAILED");
        return ok() ? line : line + "\n    " + String.join("\n    ", failures) + "\n    logs: " + logs;
    }
}
