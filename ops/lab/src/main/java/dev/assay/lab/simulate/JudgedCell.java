package dev.assay.lab.simulate;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What policies lost on real judgments, learning from so many.
 *
 * @param n        judgments learnt from
 * @param apart    whether the prompts chosen on were kept out of what was learnt from
 * @param splits   those with an estimate
 * @param failures splits without
 */
record JudgedCell(int n, boolean apart, List<Split> splits, int failures) {
    /** Regrets of one split, by policy, a number a prompt; NaN for a prompt that was not chosen on. */
    record Split(Map<String, List<Double>> regrets) {}

    /** Mean over the splits that chose on the prompt, for every prompt. */
    List<Double> byPrompt(String policy) {
        int prompts = splits.get(0).regrets().getOrDefault(policy, List.of()).size();
        return IntStream.range(0, prompts)
                .mapToObj(prompt -> splits.stream()
                        .mapToDouble(split ->
                                split.regrets().getOrDefault(policy, List.of()).get(prompt))
                        .filter(Double::isFinite)
                        .average()
                        .orElse(Double.NaN))
                .toList();
    }

    ReplicationMean regret(String policy) {
        return splits.isEmpty() ? ReplicationMean.of() : mean(byPrompt(policy));
    }

    /** Plain less the policy, prompt by prompt. */
    ReplicationMean gain(String policy) {
        if (splits.isEmpty()) {
            return ReplicationMean.of();
        }
        List<Double> plain = byPrompt(Policy.PLAIN.text());
        List<Double> other = byPrompt(policy);
        return mean(IntStream.range(0, plain.size())
                .mapToObj(prompt -> plain.get(prompt) - other.get(prompt))
                .toList());
    }

    private static ReplicationMean mean(List<Double> values) {
        return ReplicationMean.of(values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray());
    }
}
