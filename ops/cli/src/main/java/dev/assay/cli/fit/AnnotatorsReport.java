package dev.assay.cli.fit;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.inference.AnnotatorEstimate;
import dev.assay.estimator.inference.AnnotatorReport;
import dev.assay.estimator.inference.AnnotatorTally;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How each annotator judges compared with the population, as it goes into the JSON: MODEL (18b).
 *
 * @param multiplierVariance between annotators, beyond chance
 * @param falseDiscoveryRate expected share of wrong flags among those of each kind
 * @param below              how many are flagged as less rational than the population
 * @param negative           how many as judging against it
 * @param annotators         the least rational first
 */
record AnnotatorsReport(
        double multiplierVariance, double falseDiscoveryRate, long below, long negative, List<Annotator> annotators) {
    /**
     * One of them; {@link AnnotatorEstimate} says what the numbers are.
     *
     * @param agreement null where all judgments are ties
     */
    record Annotator(
            String annotator,
            double judgments,
            @Nullable Double agreement,
            @JsonUnwrapped Multiplier multiplier,
            @JsonUnwrapped Flags flags) {
        boolean flagged() {
            return flags.below || flags.negative;
        }
    }

    /** @param standardError null where nothing is known */
    record Multiplier(double multiplier, @Nullable Double standardError, double shrunkMultiplier) {}

    /** Whether somebody is surely worse, and how surely. */
    record Flags(double belowPValue, double negativePValue, boolean below, boolean negative) {}

    static AnnotatorsReport of(FitInput input, FitEstimate estimate) {
        AnnotatorReport report = AnnotatorReport.of(
                AnnotatorTally.of(estimate.parameters(), input.store(), input.rankings()), AnnotatorReport.USUAL_RATE);
        List<Annotator> annotators = report.annotators().stream()
                .map(each -> annotator(input.annotators().get(each.annotator()), each))
                .sorted(Comparator.comparing((Annotator each) -> !each.flagged())
                        .thenComparingDouble(each -> each.multiplier().shrunkMultiplier())
                        .thenComparing(Annotator::annotator))
                .toList();
        return new AnnotatorsReport(
                report.multiplierVariance(),
                report.falseDiscoveryRate(),
                annotators.stream().filter(each -> each.flags().below()).count(),
                annotators.stream().filter(each -> each.flags().negative()).count(),
                annotators);
    }

    private static Annotator annotator(String id, AnnotatorEstimate each) {
        return new Annotator(
                id,
                each.judgments(),
                each.agreement().isPresent() ? each.agreement().getAsDouble() : null,
                new Multiplier(
                        each.multiplier().estimate(),
                        Double.isFinite(each.multiplier().standardError())
                                ? each.multiplier().standardError()
                                : null,
                        each.multiplier().shrunk()),
                new Flags(
                        each.below().pValue(),
                        each.negative().pValue(),
                        each.below().flagged(),
                        each.negative().flagged()));
    }
}
