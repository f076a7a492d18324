package dev.assay.cli.demo;

import dev.assay.estimator.choice.Prediction;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A demo's report for people. */
final class DemoText {
    private static final int SHOWN_CANDIDATES = 4;
    private static final int PROMPT_WIDTH = 90;

    private final PrintWriter out;

    DemoText(PrintWriter out) {
        this.out = out;
    }

    void print(DemoReport report) {
        line("");
        line(
                "%,d judgments read: %,d admitted, %,d refused; %,.0f per second",
                report.judgments().read(),
                report.judgments().admitted(),
                report.judgments().refused(),
                report.judgments().perSecond());
        line(
                "%d shards, %d rounds, parameter version %d",
                report.snapshot().shards(),
                report.snapshot().rounds(),
                report.snapshot().parameterVersion());
        line("");
        line(
                "log-likelihood        with rationality %,.2f   plain Bradley–Terry %,.2f",
                report.likelihood().logLikelihood(), report.likelihood().logLikelihoodBradleyTerry());
        line(
                "                      likelihood ratio %.1f on %d degrees of freedom",
                report.likelihood().likelihoodRatio(), report.likelihood().degreesOfFreedom());
        effects(report);
        position(report.effects().position());
        heldOut(report.heldOut());
        report.bestOfN().forEach(this::choice);
        line("");
        line(
                "The streamed estimate is within %.1e standard errors of an offline fit of the same comparisons.",
                report.streamedVersusOfflineStandardErrors());
        line("Seconds: %s", seconds(report));
        out.flush();
    }

    private void effects(DemoReport report) {
        line("");
        line(
                "rationality, added to 1 (%s standard errors)",
                report.effects().covariance().toLowerCase(Locale.ROOT));
        for (DemoReport.Effect effect : report.effects().rationality()) {
            String truth = effect.truth() == null ? "" : String.format(Locale.ROOT, "   truth %+.3f", effect.truth());
            line(
                    "  %-22s %+.3f   95 %% interval [%+.3f, %+.3f]   z %+.1f%s",
                    effect.name(), effect.estimate(), effect.lower(), effect.upper(), effect.z(), truth);
        }
    }

    private void position(DemoReport.@Nullable Effect effect) {
        if (effect != null) {
            line("");
            line("position bias, log-odds of the response shown first at rationality 1");
            line(
                    "  %-22s %+.3f   95 %% interval [%+.3f, %+.3f]   z %+.1f",
                    effect.name(), effect.estimate(), effect.lower(), effect.upper(), effect.z());
        }
    }

    private void heldOut(DemoReport.HeldOutQuality heldOut) {
        line("");
        line("held-out pairs         log-loss   accuracy without ties");
        quality("with rationality", heldOut.heterogeneous());
        quality("plain Bradley–Terry", heldOut.bradleyTerry());
        quality("longer wins", heldOut.longer());
    }

    private void quality(String name, Prediction.@Nullable Quality quality) {
        if (quality == null) {
            line("  %-20s        –          –", name);
        } else {
            line("  %-20s   %.4f     %.1f %%", name, quality.logLoss(), 100 * quality.accuracy());
        }
    }

    private void choice(DemoReport.Choice choice) {
        line("");
        line("best of %d: %s", choice.candidates().size(), shortened(choice.prompt()));
        List<DemoReport.Scored> highest = choice.candidates().stream()
                .sorted(Comparator.comparingDouble(DemoReport.Scored::reward).reversed())
                .toList();
        for (int rank = 0; rank < highest.size(); rank++) {
            DemoReport.Scored candidate = highest.get(rank);
            boolean pessimistic = candidate.id().equals(choice.pessimistic());
            if (rank < SHOWN_CANDIDATES || pessimistic) {
                String chosen =
                        (candidate.id().equals(choice.best()) ? "  best" : "") + (pessimistic ? "  pessimistic" : "");
                line(
                        "  %-14s reward %+.3f   95 %% interval [%+.3f, %+.3f]%s",
                        candidate.id(), candidate.reward(), candidate.lower(), candidate.upper(), chosen);
            }
        }
    }

    private static String shortened(String prompt) {
        String line = prompt.replaceAll("\\s+", " ");
        return line.length() <= PROMPT_WIDTH ? line : line.substring(0, PROMPT_WIDTH - 1) + "…";
    }

    private static String seconds(DemoReport report) {
        StringBuilder text = new StringBuilder();
        report.seconds()
                .forEach((part, value) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(part)
                        .append(String.format(Locale.ROOT, " %.1f", value)));
        return text.toString();
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
