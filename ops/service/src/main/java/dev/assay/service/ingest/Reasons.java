package dev.assay.service.ingest;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Why items were refused, or had no effect: by reason, and within it by kind of message, with the first places of each. */
final class Reasons {
    private static final int EXAMPLES = 3;
    private static final int MOST_KINDS = 20;
    private static final String OTHERS = "others";

    private final Map<String, Map<String, Kind>> byReason = new TreeMap<>();

    private static final class Kind {
        private long count;
        private final List<String> examples = new ArrayList<>(EXAMPLES);
    }

    /**
     * @param kind the same words for all of a kind
     * @param example where, and what was said there
     */
    void add(String reason, String kind, String example) {
        Map<String, Kind> kinds = byReason.computeIfAbsent(reason, unseen -> new TreeMap<>());
        String known = kinds.size() < MOST_KINDS || kinds.containsKey(kind) ? kind : OTHERS;
        Kind of = kinds.computeIfAbsent(known, unseen -> new Kind());
        of.count++;
        if (of.examples.size() < EXAMPLES) {
            of.examples.add(example);
        }
    }

    long count() {
        return byReason.values().stream().mapToLong(Reasons::count).sum();
    }

    private static long count(Map<String, Kind> kinds) {
        return kinds.values().stream().mapToLong(kind -> kind.count).sum();
    }

    void print(PrintWriter out) {
        byReason.forEach((reason, kinds) -> {
            IngestTally.row(out, "  " + reason, count(kinds));
            kinds.forEach((words, kind) -> {
                if (kinds.size() > 1) {
                    out.println(String.format(Locale.ROOT, "    %,d × %s", kind.count, words));
                }
                kind.examples.forEach(example -> out.println("      " + example));
            });
        });
    }
}
