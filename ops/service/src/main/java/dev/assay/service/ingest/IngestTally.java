package dev.assay.service.ingest;

import dev.assay.streams.json.Shown;
import dev.assay.streams.model.Judgment;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What became of the items of an ingest, counted by reason, with the first places of each. */
public final class IngestTally {
    private static final int MOST_REMARKS = 1_000;
    private static final int PASSED_OVER_SHOWN = 40;

    /** From here on a message is about the one item: its value, or where in it. */
    private static final Pattern PARTICULARS =
            Pattern.compile("(, (was|were|has|is|stands|answers) .*)|( \\((line|column) .*)", Pattern.DOTALL);

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final Reasons ignored = new Reasons();
    private final Reasons refused = new Reasons();
    private final DistinctHashes admittedKeys = new DistinctHashes();
    private final JudgedCounts counts = new JudgedCounts();
    private final Map<String, Long> remarks = new TreeMap<>();
    private final Map<String, Long> passedOver = new TreeMap<>();
    private long admitted;
    private long repeated;
    private long withdrawn;

    /** Of rows that have the same annotator and id only the last counts. */
    void admitted(Judgment judgment) {
        admitted++;
        if (!admittedKeys.add(String.valueOf(judgment.annotatorId()), judgment.judgmentId())) {
            repeated++;
        }
        counts.add(judgment);
    }

    /** @param words the same for all of a kind */
    void remarked(List<String> words) {
        for (String remark : words) {
            if (remarks.size() < MOST_REMARKS || remarks.containsKey(remark)) {
                remarks.merge(remark, 1L, Long::sum);
            }
        }
    }

    void withdrawn() {
        withdrawn++;
    }

    /** @param why the same words for all of a kind */
    void ignored(String where, String why) {
        ignored.add(why, why, where);
    }

    /**
     * @param where file and place
     * @param reason the code
     * @param message field, bound and value
     */
    public void refused(String where, String reason, String message) {
        String kind =
                PARTICULARS.matcher(INDEX.matcher(message).replaceAll("[]")).replaceFirst("");
        refused.add(reason, kind, where + ": " + message);
    }

    /** @param columns in how many items of a file there is something under a name that means nothing to its format */
    public void passedOver(Map<String, Long> columns) {
        columns.forEach((name, count) -> passedOver.merge(name, count, Long::sum));
    }

    /** @return how many of what, for people */
    public String sent() {
        return admitted + " judgments" + (withdrawn == 0 ? "" : " and " + withdrawn + " retractions");
    }

    public long refused() {
        return refused.count();
    }

    /**
     * A table: what, how many, and where for the first of each reason.
     *
     * @param whole whether to say also what the judgments are about
     */
    public void print(PrintWriter out, boolean whole) {
        out.println(String.format(Locale.ROOT, "%-44s %,12d%s", "admitted", admitted, repeats()));
        if (whole && admitted > 0) {
            counts.print(out);
        }
        remarks.forEach((remark, rows) -> out.println(String.format(Locale.ROOT, "  %,d × %s", rows, remark)));
        row(out, "withdrawn", withdrawn);
        row(out, "ignored", ignored.count());
        ignored.print(out);
        row(out, "refused", refused());
        refused.print(out);
        printPassedOver(out);
        out.flush();
    }

    private String repeats() {
        if (repeated == 0) {
            return "";
        }
        return String.format(Locale.ROOT, ", of which %,d ", repeated)
                + (repeated == 1 ? "repeats another row and counts once" : "repeat another row and count once")
                + (admittedKeys.full()
                        ? String.format(
                                Locale.ROOT, " (at least: compared with the first %,d only)", admittedKeys.count())
                        : "");
    }

    private void printPassedOver(PrintWriter out) {
        if (passedOver.isEmpty()) {
            return;
        }
        out.println("columns passed over:");
        passedOver.entrySet().stream()
                .limit(PASSED_OVER_SHOWN)
                .forEach(column -> out.println(String.format(
                        Locale.ROOT,
                        "  %,d %s %s",
                        column.getValue(),
                        column.getValue() == 1 ? "row has" : "rows have",
                        Shown.of(column.getKey()))));
        if (passedOver.size() > PASSED_OVER_SHOWN) {
            out.println("  and " + (passedOver.size() - PASSED_OVER_SHOWN) + " columns more");
        }
    }

    static void row(PrintWriter out, String what, long count) {
        out.println(String.format(Locale.ROOT, "%-44s %,12d", what, count));
    }
}
