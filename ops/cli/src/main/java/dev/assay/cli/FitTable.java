package dev.assay.cli;

import dev.assay.estimator.inference.Interval;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fit for people: one line a number, as wide as a terminal. */
final class FitTable {
    private static final double LEVEL = 0.95;

    private final PrintWriter out;

    FitTable(PrintWriter out) {
        this.out = out;
    }

    void print(FitReport report) {
        List<String> names = new ArrayList<>();
        List<Interval> intervals = new ArrayList<>();
        addParameters("theta", report.theta(), 0, report.standardErrors(), names, intervals);
        int d = names.size();
        addParameters("gamma", report.gamma(), d, report.standardErrors(), names, intervals);
        section("parameter", LEVEL, names, intervals);
        line("status          %s after %d rounds", report.status(), report.rounds());
        line("judgments       %d, total weight %s", report.judgments(), plain(report.weight()));
        line("log-likelihood  %s", report.logLikelihood() == null ? "none" : number(report.logLikelihood()) + " nats");
        for (FitReport.Diagnostic found : report.diagnostics()) {
            line("note            %s (%s = %s)", found.message(), found.name(), plain(found.value()));
        }
        if (report.queries() != null) {
            print(report.queries());
        }
    }

    private void print(QueriesReport queries) {
        QueriesReport.Intervals model = queries.model();
        if (model != null) {
            out.println();
            section("reward of", queries.level(), named("action", model.reward()), model.reward());
            section("difference of", queries.level(), named("pair", model.difference()), model.difference());
            section("rationality of", queries.level(), named("context", model.rationality()), model.rationality());
            section("margin of", queries.level(), named("context", model.margin()), model.margin());
        }
        selection("actions", queries.bestOfN(), queries.pessimisticBestOfN());
        List<QueriesReport.Choice> sets = queries.selectionSets() == null ? List.of() : queries.selectionSets();
        for (int i = 0; i < sets.size(); i++) {
            selection("set " + i, sets.get(i).bestOfN(), sets.get(i).pessimisticBestOfN());
        }
        if (queries.testPoint() != null) {
            line(
                    "test point      mean log-loss %s nats",
                    number(queries.testPoint().meanLogLoss()));
        }
    }

    private static void addParameters(
            String name,
            @Nullable List<Double> estimates,
            int offset,
            @Nullable List<Double> errors,
            List<String> names,
            List<Interval> intervals) {
        if (estimates == null) {
            return;
        }
        for (int i = 0; i < estimates.size(); i++) {
            names.add(name + "_" + (i + 1));
            double error = errors == null ? Double.NaN : errors.get(offset + i);
            intervals.add(Interval.around(estimates.get(i), error, FitEstimate.quantile(LEVEL)));
        }
    }

    private static List<String> named(String name, List<Interval> intervals) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < intervals.size(); i++) {
            names.add(name + " " + i);
        }
        return names;
    }

    private void section(String title, double level, List<String> names, List<Interval> intervals) {
        if (names.isEmpty()) {
            return;
        }
        String interval = plain(100 * level) + " % interval";
        line("%-16s%14s%16s%30s%10s", title, "estimate", "standard error", interval, "z");
        for (int i = 0; i < names.size(); i++) {
            Interval row = intervals.get(i);
            line(
                    "%-16s%14s%16s%15s%15s%10s",
                    names.get(i),
                    number(row.estimate()),
                    number(row.standardError()),
                    number(row.lower()),
                    number(row.upper()),
                    number(row.estimate() / row.standardError()));
        }
        out.println();
    }

    private void selection(String title, @Nullable Integer best, @Nullable Map<Double, Integer> pessimistic) {
        if (best == null || pessimistic == null) {
            return;
        }
        StringBuilder text = new StringBuilder("best ").append(best).append("; pessimistic");
        pessimistic.forEach(
                (quantile, chosen) -> text.append(String.format(Locale.ROOT, " %d at %.4g,", chosen, quantile)));
        line("%-16s%s standard errors", title, text.substring(0, text.length() - 1));
    }

    private void line(String format, Object... args) {
        out.println(String.format(Locale.ROOT, format, args));
    }

    /** Six digits; a dash where there is no number. */
    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "-";
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
