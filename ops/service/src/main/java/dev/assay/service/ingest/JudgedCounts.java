package dev.assay.service.ingest;

import dev.assay.streams.json.Shown;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What admitted judgments are about: who won how often, prompts, annotators, policies. */
final class JudgedCounts {
    private static final int MOST_POLICIES = 10_000;
    private static final int POLICIES_SHOWN = 5;

    private final DistinctHashes prompts = new DistinctHashes();
    private final DistinctHashes annotators = new DistinctHashes();
    private final Map<String, long[]> policies = new HashMap<>();
    private long first;
    private long second;
    private long ties;
    private long rankings;
    private long nobody; // judgments without an annotator

    void add(Judgment judgment) {
        if (judgment.ranking().size() != 2) {
            rankings++;
        } else {
            int order = Integer.compare(
                    judgment.ranking().get(0), judgment.ranking().get(1));
            first += order < 0 ? 1 : 0;
            second += order > 0 ? 1 : 0;
            ties += order == 0 ? 1 : 0;
        }
        prompts.add(judgment.promptId());
        if (judgment.annotatorId() == null) {
            nobody++;
        } else {
            annotators.add(judgment.annotatorId());
        }
        for (JudgedResponse response : judgment.responses()) {
            if (response.policy() != null) {
                long[] count = policies.get(response.policy());
                if (count != null) {
                    count[0]++;
                } else if (policies.size() < MOST_POLICIES) {
                    policies.put(response.policy(), new long[] {1});
                }
            }
        }
    }

    void print(PrintWriter out) {
        out.println(String.format(
                Locale.ROOT,
                "first preferred %,d, second preferred %,d, ties %,d%s",
                first,
                second,
                ties,
                rankings == 0 ? "" : String.format(Locale.ROOT, ", rankings of three or more %,d", rankings)));
        out.println(String.format(
                Locale.ROOT,
                "prompts %s, annotators %s%s",
                said(prompts),
                said(annotators),
                nobody == 0 ? "" : String.format(Locale.ROOT, ", judgments without an annotator %,d", nobody)));
        if (!policies.isEmpty()) {
            List<Map.Entry<String, long[]>> largest = policies.entrySet().stream()
                    .sorted(Comparator.<Map.Entry<String, long[]>>comparingLong(one -> -one.getValue()[0])
                            .thenComparing(Map.Entry::getKey))
                    .limit(POLICIES_SHOWN)
                    .toList();
            out.println(String.format(Locale.ROOT, "policies %,d: ", policies.size())
                    + largest.stream()
                            .map(one -> String.format(Locale.ROOT, "%s %,d", Shown.of(one.getKey()), one.getValue()[0]))
                            .collect(Collectors.joining(", "))
                    + (policies.size() > POLICIES_SHOWN ? ", …" : ""));
        }
    }

    private static String said(DistinctHashes distinct) {
        return (distinct.full() ? "more than " : "") + String.format(Locale.ROOT, "%,d", distinct.count());
    }
}
