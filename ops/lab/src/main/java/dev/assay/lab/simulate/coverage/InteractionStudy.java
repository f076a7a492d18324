package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.estimator.simulation.Design;
import dev.assay.estimator.simulation.Sample;
import dev.assay.lab.simulate.Fitting;
import dev.assay.lab.simulate.IntervalMethod;
import dev.assay.lab.simulate.Numbers;
import dev.assay.lab.simulate.Outcome;
import dev.assay.lab.simulate.Outcomes;
import dev.assay.lab.simulate.Page;
import dev.assay.lab.simulate.Plot;
import dev.assay.lab.simulate.Replications;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What if rationality varies little, or so much that many annotators judge against the reward? */
final class InteractionStudy implements Check {
    private static final int JUDGMENTS = 600;
    private static final double[] SPREADS = {0, 0.2, 0.4, 0.8, 1.6, 3.2};
    private static final double STEP = 4;

    @Override
    public long steps(int replications) {
        return (long) SPREADS.length * (replications + Replications.few(replications));
    }

    @Override
    public List<String> run(Replications replications, Path folder, Page page) {
        List<List<String>> rows = new ArrayList<>();
        List<List<String>> ends = new ArrayList<>();
        List<CoverageCell> cells = new ArrayList<>();
        for (double spread : SPREADS) {
            CoverageCell cell = CoverageCell.run(
                    "interaction " + spread,
                    design(spread),
                    JUDGMENTS,
                    CoverageExperiment.queries(),
                    List.of(IntervalMethod.AUTOMATIC),
                    replications);
            cells.add(cell);
            rows.add(List.of(
                    Numbers.fixed(spread, 1),
                    cell.tally(IntervalMethod.AUTOMATIC, Quantity.THETA).text(),
                    cell.tally(IntervalMethod.AUTOMATIC, Quantity.GAMMA).text(),
                    cell.tally(IntervalMethod.AUTOMATIC, Quantity.REWARD).text(),
                    cell.tally(IntervalMethod.AUTOMATIC, Quantity.DIFFERENCE).text(),
                    String.valueOf(cell.without(IntervalMethod.AUTOMATIC))));
            List<List<Outcomes.Ended>> all =
                    replications.run("interaction gradient " + spread, replications.few(), seed -> ended(spread, seed));
            ends.add(outcomes(all, 0).row(Numbers.fixed(spread, 1), "default"));
            ends.add(outcomes(all, 1).row(Numbers.fixed(spread, 1), "alternating gradient"));
        }
        Plot.write(folder.resolve("coverage-interaction.png"), 1, List.of(plot(cells)));
        page.section("Strength of the interaction")
                .paragraph("n = " + JUDGMENTS
                        + "; sd(γᵀψ) from 0, where all annotators are alike, to 3.2, where ψ₀ = 1 hardly"
                        + " counts. Coverage with the default covariance, mean (lowest–highest coordinate).")
                .image("coverage-interaction.png", "coverage against the strength of the interaction")
                .table(List.of("sd(γᵀψ)", "θ", "γ", "reward", "difference", "no interval"), rows)
                .paragraph("How the default descent from the moments, and the alternating gradient with step "
                        + Numbers.fixed(STEP, 0) + " from zeros, ended in " + replications.few() + " replications:")
                .table(Outcomes.head("sd(γᵀψ)", "method"), ends);
        CoverageCell strongest = cells.get(cells.size() - 1);
        return List.of("at sd(γᵀψ) = 3.2 the default intervals cover γ with "
                + strongest
                        .tally(IntervalMethod.AUTOMATIC, Quantity.GAMMA)
                        .mean()
                        .text(3) + ", without an interval: "
                + strongest.without(IntervalMethod.AUTOMATIC));
    }

    private static Outcomes outcomes(List<List<Outcomes.Ended>> all, int method) {
        return new Outcomes(all.stream().map(one -> one.get(method)).toList());
    }

    private static Design design(double spread) {
        return CoverageExperiment.design(new ContextDesign(CoverageExperiment.K, 1, spread, 0));
    }

    private static List<Outcomes.Ended> ended(double spread, long seed) {
        Sample sample = new Sample(design(spread), seed);
        ComparisonStore store = sample.store(JUDGMENTS);
        Fit fit = Fitting.cold(store);
        Parameters zeros = Parameters.zeros(CoverageExperiment.D, CoverageExperiment.K);
        Outcome outcome = Outcome.of(fit, Outcome.BEST, zeros, sample.truth());
        return List.of(
                new Outcomes.Ended(outcome, fit.rounds()), StepStudy.ended(store, STEP, zeros, fit, sample.truth()));
    }

    private static Plot plot(List<CoverageCell> cells) {
        Plot plot = new Plot(
                        "Do the default intervals cover when annotators differ more? n = " + JUDGMENTS,
                        "standard deviation of γᵀψ (ψ₀ = 1)",
                        "share of replications covered")
                .yRange(0.9, 1);
        for (Quantity quantity : Quantity.values()) {
            plot.line(
                    quantity.text(),
                    SPREADS,
                    cells.stream()
                            .map(cell -> cell.tally(IntervalMethod.AUTOMATIC, quantity)
                                    .mean())
                            .toList());
        }
        return plot.reference("nominal", new double[] {0, 3.2}, new double[] {0.95, 0.95});
    }
}
