package dev.assay.lab.chaos;

import java.util.List;
import java.util.Locale;

/**
 * What one run did and found; one line of the file {@code --out}.
 *
 * @param seed of workload and schedule
 * @param instances estimators
 * @param brokers brokers
 * @param judgments judgments that were not there before
 * @param edits judgments made again
 * @param retractions judgments taken back
 * @param repeats exact repeats
 * @param erasures annotators erased
 * @param late judgments of annotators erased before
 * @param malformed records that are no judgments
 * @param acknowledged records the brokers acknowledged
 * @param sentAgain sends repeated because they were not
 * @param expected judgments that should stand in the end
 * @param faults how many faults were played
 * @param exits estimators that ended without being asked to, and were started again
 * @param versions snapshots on the topic of parameters
 * @param reruns snapshots on the topic of their history, which keeps those of reruns
 * @param maxDifference largest difference of a parameter from the offline fit, in standard errors; NaN if not reached
 * @param seconds the whole run took
 * @param failures what is wrong, in sentences; empty: all is as it should be
 * @param schedule the faults
 * @param logs folder of the children's logs
 */
record RunReport(
        long seed,
        int instances,
        int brokers,
        int judgments,
        int edits,
        int retractions,
        int repeats,
        int erasures,
        int late,
        int malformed,
        long acknowledged,
        long sentAgain,
        int expected,
        int faults,
        int exits,
        int versions,
        int reruns,
        double maxDifference,
        double seconds,
        List<String> failures,
        List<String> schedule,
        String logs) {

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
                seed,
                instances,
                judgments,
                edits,
                retractions,
                erasures,
                faults,
                exits,
                versions,
                reruns,
                maxDifference,
                seconds,
                ok() ? "ok" : "FAILED");
        return ok() ? line : line + "\n    " + String.join("\n    ", failures) + "\n    logs: " + logs;
    }
}
