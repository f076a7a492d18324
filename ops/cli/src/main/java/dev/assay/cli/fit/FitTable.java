package dev.assay.cli.fit;

import dev.assay.cli.fit.QueriesReport.Bounds;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.inference.Interval;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A fit for people: one line a number, as wide as a terminal. */
final class FitTable {
    private static final int MOST_ANNOTATORS = 30; // besides those flagged: a table is for reading

    private final PrintWriter out;

    FitTable(PrintWriter out) {
        this.out = out;
    }

    void print(FitReport report) {
        section("parameter", report.certainty().level(), report.names(), parameters(report));
        line(
                "status          %s after %d passes, %.3f s",
                report.status(), report.course().passes(), report.course().seconds());
        line(
                "judgments       %d, total weight %s",
                report.course().judgments(), plain(report.course().weight()));
        line(
                "log-likelihood  %s",
                report.certainty().logLikelihood() == null
                        ? "none"
                        : number(report.certainty().logLikelihood()) + " nats");
        if (report.estimate().covariance() != null) {
            String reason = report.estimate().covarianceReason();
            line("covariance      %s%s", report.estimate().covariance(), reason == null ? "" : ": " + reason);
        }
        for (Diagnostic found : report.course().diagnostics()) {
            line("note            %s (%s = %s)", found.message(), found.name(), plain(found.value()));
        }
        if (report.answers() != null) {
            print(report.certainty().level(), report.answers());
        }
        if (report.annotators() != null) {
            print(report.annotators());
        }
    }

    private void print(AnnotatorsReport report) {
        out.println();
        line("%-32s%11s%11s%12s%11s%9s", "annotator", "judgments", "agreement", "multiplier", "+-", "shrunk");
        List<AnnotatorsReport.Annotator> shown = report.annotators().stream()
                .limit(Math.max(MOST_ANNOTATORS, report.below() + report.negative()))
                .toList();
        for (AnnotatorsReport.Annotator each : shown) {
            line(
                    "%-32s%11s%11s%12s%11s%9s%s",
                    each.annotator(),
                    plain(each.judgments()),
                    each.agreement() == null ? "-" : String.format(Locale.ROOT, "%.2f", each.agreement()),
                    String.format(Locale.ROOT, "%.2f", each.multiplier().multiplier()),
                    each.multiplier().standardError() == null
                            ? "-"
                            : String.format(
                                    Locale.ROOT, "%.2f", each.multiplier().standardError()),
                    String.format(Locale.ROOT, "%.2f", each.multiplier().shrunkMultiplier()),
                    each.flags().negative()
                            ? "  judges against the others"
                            : each.flags().below() ? "  less rational" : "");
        }
        if (shown.size() < report.annotators().size()) {
            line("... and %d more, all of them in --json", report.annotators().size() - shown.size());
        }
        line("multipliers differ beyond chance with variance %s", number(report.multiplierVariance()));
        line(
                "%d of %d flagged as less rational than the others, %d as judging against them; of each about %s %% wrongly",
                report.below(),
                report.annotators().size(),
                report.negative(),
                plain(100 * report.falseDiscoveryRate()));
    }

    private void print(double level, QueriesReport answers) {
        out.println();
        section("reward of", "action", level, answers.reward());
        section("difference of", "pair", level, answers.difference());
        section("rationality of", "context", level, answers.rationality());
        section("margin of", "context", level, answers.margin());
        if (answers.bestOfN() != null && answers.pessimisticBestOfN() != null) {
            selection("actions", answers.bestOfN(), answers.pessimisticBestOfN());
        }
        QueriesReport.Selections sets = answers.selection();
        for (int i = 0; sets != null && i < sets.bestOfN().size(); i++) {
            int set = i;
            Map<Double, Integer> pessimistic = new TreeMap<>();
            sets.pessimistic().forEach((quantile, chosen) -> pessimistic.put(quantile, chosen.get(set)));
            selection("set " + i, sets.bestOfN().get(i), pessimistic);
        }
        if (answers.testPoint() != null) {
            line(
                    "test point      mean log-loss %s nats",
                    number(answers.testPoint().meanLogLoss()));
        }
    }

    private static @Nullable Bounds parameters(FitReport report) {
        if (report.estimate().theta() == null || report.estimate().gamma() == null) {
            return null;
        }
        List<@Nullable Double> estimates = new ArrayList<>(report.estimate().theta());
        estimates.addAll(report.estimate().gamma());
        List<@Nullable Double> errors = report.estimate().standardErrors();
        double quantile = report.certainty().quantile() == null
                ? Double.NaN
                : report.certainty().quantile();
        return Bounds.of(IntStream.range(0, estimates.size())
                .mapToObj(i -> Interval.around(
                        orNone(estimates.get(i)), errors == null ? Double.NaN : orNone(errors.get(i)), quantile))
                .toList());
    }

    private void section(String title, String name, double level, @Nullable Bounds bounds) {
        int size = bounds == null ? 0 : bounds.estimate().size();
        section(
                title,
                level,
                IntStream.range(0, size).mapToObj(i -> name + " " + i).toList(),
                bounds);
    }

    private void section(String title, double level, List<String> names, @Nullable Bounds bounds) {
        if (bounds == null || names.isEmpty()) {
            return;
        }
        int width =
                Math.max(16, 1 + names.stream().mapToInt(String::length).max().orElse(0));
        String interval = plain(100 * level) + " % interval";
        line("%-" + width + "s  %14s  %16s  %32s  %10s", title, "estimate", "standard error", interval, "z");
        for (int i = 0; i < names.size(); i++) {
            double estimate = orNone(bounds.estimate().get(i));
            double error = orNone(bounds.standardError().get(i));
            line(
                    "%-" + width + "s  %14s  %16s  %15s  %15s  %10s",
                    names.get(i),
                    number(estimate),
                    number(error),
                    number(orNone(bounds.lower().get(i))),
                    number(orNone(bounds.upper().get(i))),
                    number(estimate / error));
        }
        out.println();
    }

    private void selection(String title, int best, Map<Double, Integer> pessimistic) {
        StringBuilder text = new StringBuilder("best ").append(best).append("; pessimistic");
        pessimistic.forEach(
                (quantile, chosen) -> text.append(String.format(Locale.ROOT, " %d at %.4g,", chosen, quantile)));
        line("%-16s%s standard errors", title, text.substring(0, text.length() - 1));
    }

    private void line(String format, Object... args) {
        out.println(String.format(Locale.ROOT, format, args));
    }

    private static double orNone(@Nullable Double value) {
        return value == null ? Double.NaN : value;
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
