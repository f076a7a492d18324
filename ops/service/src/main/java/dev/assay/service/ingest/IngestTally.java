package dev.assay.service.ingest;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What became of the items of an ingest, counted by reason, with the first places of each. */
public final class IngestTally {
    private static final int EXAMPLES = 3;

    private final Map<String, Reason> ignored = new TreeMap<>();
    private final Map<String, Reason> refused = new TreeMap<>();
    private long admitted;
    private long withdrawn;

    private static final class Reason {
        private long count;
        private final List<String> examples = new ArrayList<>(EXAMPLES);

        void add(String example) {
            count++;
            if (examples.size() < EXAMPLES) {
                examples.add(example);
            }
        }
    }

    void admitted() {
        admitted++;
    }

    void withdrawn() {
        withdrawn++;
    }

    /** @param why the same words for all of a kind */
    void ignored(String where, String why) {
        ignored.computeIfAbsent(why, unseen -> new Reason()).add(where);
    }

    /**
     * @param where file and line
     * @param reason the code
     * @param message field, bound and value
     */
    public void refused(String where, String reason, String message) {
        refused.computeIfAbsent(reason, unseen -> new Reason()).add(where + ": " + message);
    }

    /** @return how many of what, for people */
    public String sent() {
        return admitted + " judgments" + (withdrawn == 0 ? "" : " and " + withdrawn + " retractions");
    }

    public long refused() {
        return refused.values().stream().mapToLong(reason -> reason.count).sum();
    }

    /** A table: what, how many, and where for the first of each reason. */
    public void print(PrintWriter out) {
        row(out, "admitted", admitted);
        row(out, "withdrawn", withdrawn);
        row(out, "ignored", ignored.values().stream().mapToLong(r -> r.count).sum());
        ignored.forEach((why, reason) -> {
            row(out, "  " + why, reason.count);
            out.println("      first at " + String.join(", ", reason.examples));
        });
        row(out, "refused", refused());
        refused.forEach((code, reason) -> {
            row(out, "  " + code, reason.count);
            reason.examples.forEach(example -> out.println("      " + example));
        });
        out.flush();
    }

    private static void row(PrintWriter out, String what, long count) {
        out.println(String.format(Locale.ROOT, "%-44s %,12d", what, count));
    }
}
