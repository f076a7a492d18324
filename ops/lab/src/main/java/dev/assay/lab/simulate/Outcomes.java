package dev.assay.lab.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How often descents ended how. */
public record Outcomes(List<Ended> runs) {
    /** @param iterations or rounds it took */
    public record Ended(Outcome outcome, int iterations) {}

    public static List<String> head(String... first) {
        List<String> head = new ArrayList<>(Arrays.asList(first));
        for (Outcome outcome : Outcome.values()) {
            head.add(outcome.text());
        }
        head.add("median to the best");
        return head;
    }

    public double share(Outcome outcome) {
        return runs.stream().filter(run -> run.outcome() == outcome).count() / (double) runs.size();
    }

    /** Of those that found the best optimum. */
    Optional<Integer> median() {
        int[] sorted = runs.stream()
                .filter(run -> run.outcome() == Outcome.BEST)
                .mapToInt(Ended::iterations)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Optional.empty() : Optional.of(sorted[sorted.length / 2]);
    }

    public List<String> row(String... first) {
        List<String> row = new ArrayList<>(Arrays.asList(first));
        for (Outcome outcome : Outcome.values()) {
            double share = share(outcome);
            row.add(share == 0 ? "" : Numbers.fixed(100 * share, 1) + " %");
        }
        row.add(median().map(String::valueOf).orElse("–"));
        return row;
    }
}
