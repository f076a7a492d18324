package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.estimator.simulation.Design;
import dev.assay.estimator.simulation.PromptGroup;
import dev.assay.lab.simulate.Experiment;
import dev.assay.lab.simulate.IntervalMethod;
import dev.assay.lab.simulate.Numbers;
import dev.assay.lab.simulate.Page;
import dev.assay.lab.simulate.Plot;
import dev.assay.lab.simulate.Replications;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Do 95 % intervals hold the truth in 95 % of replications? */
public final class CoverageExperiment implements Experiment {
    static final int D = 5;
    static final int K = 3;
    static final double REWARD_SPREAD = 1.5;
    static final double RATIONALITY_SPREAD = 0.4;

    private static final int[] JUDGMENTS = {100, 200, 400, 600, 800, 2000};
    private static final int SMALL = 200;
    private static final int LARGE = 400;
    private static final List<Case> CASES = List.of(new Case("honest", 0), new Case("20 % adversarial", 0.2));

    private final List<Check> checks =
            List.of(new StartStudy(), new StepStudy(), new InteractionStudy(), new RarePromptStudy());

    private record Case(String name, double adversarial) {
        Design design() {
            return CoverageExperiment.design(new ContextDesign(K, 1, RATIONALITY_SPREAD, adversarial));
        }
    }

    private record Curve(Case design, List<CoverageCell> cells) {
        CoverageCell at(int n) {
            return cells.stream().filter(cell -> cell.n() == n).findFirst().orElseThrow();
        }
    }

    /** Features of length 1, θ with sd(θᵀz) = 1.5. */
    static Design design(ContextDesign context) {
        return Design.isotropic(D, true, REWARD_SPREAD, context);
    }

    static CoverageQueries queries() {
        return CoverageQueries.of(D, PromptGroup.isotropic(D, true));
    }

    @Override
    public long steps(int replications) {
        return (long) CASES.size() * JUDGMENTS.length * replications
                + checks.stream().mapToLong(check -> check.steps(replications)).sum();
    }

    @Override
    public List<String> run(Replications replications, Path folder) {
        List<Curve> curves = new ArrayList<>();
        for (Case design : CASES) {
            List<CoverageCell> cells = new ArrayList<>();
            for (int n : JUDGMENTS) {
                cells.add(CoverageCell.run("coverage " + design.name(), design.design(), n, queries(), replications));
            }
            curves.add(new Curve(design, cells));
        }
        List<CoverageTarget> targets = targets(curves);
        List<String> findings = new ArrayList<>();
        targets.forEach(target -> findings.add(target.text()));
        findings.add(
                targets.stream().filter(CoverageTarget::passed).count() + " of " + targets.size() + " targets met");
        Plot.write(
                folder.resolve("coverage.png"),
                2,
                curves.stream()
                        .flatMap(curve ->
                                Stream.of(Quantity.GAMMA, Quantity.REWARD).map(quantity -> plot(curve, quantity)))
                        .toList());
        page(curves, targets, replications).write(folder.resolve("coverage.md"));
        Page robustness = new Page("Robustness")
                .paragraph(replications.command("coverage")
                        + " again: what happens from other starts, with other step sizes, where rationality varies more, and on"
                        + " prompts that are rare. d=" + D + ", k=" + K + " unless it says otherwise.");
        for (Check check : checks) {
            findings.addAll(check.run(replications, folder, robustness));
        }
        robustness.write(folder.resolve("robustness.md"));
        return findings;
    }

    private static List<CoverageTarget> targets(List<Curve> curves) {
        List<CoverageTarget> targets = new ArrayList<>();
        for (Curve curve : curves) {
            for (IntervalMethod method : IntervalMethod.SMALL_SAMPLE) {
                targets.add(CoverageTarget.of(
                        curve.design().name() + ", n=" + SMALL + ", " + method.text(), curve.at(SMALL), method));
            }
            for (int n : JUDGMENTS) {
                if (n >= LARGE) {
                    targets.add(CoverageTarget.of(
                            curve.design().name() + ", n=" + n + ", " + IntervalMethod.AUTOMATIC.text(),
                            curve.at(n),
                            IntervalMethod.AUTOMATIC));
                }
            }
        }
        return targets;
    }

    private static Plot plot(Curve curve, Quantity quantity) {
        double[] n = Numbers.doubles(JUDGMENTS);
        double[] nominal = new double[n.length];
        Arrays.fill(nominal, IntervalMethod.LEVEL);
        Plot plot = new Plot(
                        "Do 95 % intervals for " + quantity.text() + " cover? "
                                + curve.design().name(),
                        "judgments n",
                        "share of replications covered")
                .logX()
                .yRange(0.82, 0.98);
        for (IntervalMethod method : IntervalMethod.values()) {
            plot.line(
                    method.text(),
                    n,
                    curve.cells().stream()
                            .map(cell -> cell.tally(method, quantity).mean())
                            .toList());
        }
        return plot.reference("nominal", n, nominal);
    }

    private static Page page(List<Curve> curves, List<CoverageTarget> targets, Replications replications) {
        Page page = new Page("Coverage of 95 % intervals")
                .paragraph(replications.command("coverage") + ". d=" + D + ", k=" + K
                        + "; features of length 1, sd(θᵀz) = 1.5, ψ uniform and"
                        + " Bernoulli by turns with sd(γᵀψ) = 0.4, ψ₀ = 1. Adversarial: a fifth of the judgments, known by a"
                        + " context feature, with mean rationality −0.6. Every replication draws its own truth. Rewards and"
                        + " differences of " + CoverageQueries.RESPONSES + " fixed responses.")
                .paragraph(
                        "By *model*: J⁻¹ and normal quantiles (z). *Observed*: H⁻¹, z. *Sandwich*: H⁻¹BH⁻¹ · n/(n−p),"
                                + " Student's t. *Bias-corrected*: around the estimate of MODEL (18a), J⁻¹ · n/(n−p), t."
                                + " *Automatic*: the default, which takes one of them by what the judgments are.")
                .paragraph("Targets: every coordinate within 0.93–0.97, and rewards and differences on average within"
                        + " 0.94–0.96; from n = 400 on by default, at n = 200 with the small-sample options. One coordinate's"
                        + " Monte-Carlo standard error at " + replications.count() + " replications is "
                        + Numbers.fixed(Math.sqrt(0.95 * 0.05 / replications.count()), 4) + ".")
                .list(targets.stream().map(CoverageTarget::text).toList())
                .image("coverage.png", "coverage against n");
        for (Curve curve : curves) {
            page.section(curve.design().name())
                    .paragraph(
                            "Mean over coordinates (lowest–highest coordinate), of the replications with an interval.")
                    .table(
                            List.of(
                                    "n",
                                    "covariance",
                                    "θ",
                                    "γ",
                                    "reward",
                                    "difference",
                                    "Monte-Carlo error of the reward's mean",
                                    "width, reward",
                                    "no interval"),
                            rows(curve));
        }
        return page;
    }

    private static List<List<String>> rows(Curve curve) {
        List<List<String>> rows = new ArrayList<>();
        for (CoverageCell cell : curve.cells()) {
            for (IntervalMethod method : IntervalMethod.values()) {
                CoverageTally reward = cell.tally(method, Quantity.REWARD);
                rows.add(List.of(
                        Numbers.count(cell.n()),
                        method.text(),
                        cell.tally(method, Quantity.THETA).text(),
                        cell.tally(method, Quantity.GAMMA).text(),
                        reward.text(),
                        cell.tally(method, Quantity.DIFFERENCE).text(),
                        Numbers.fixed(reward.mean().standardError(), 4),
                        Numbers.fixed(reward.width().mean(), 3),
                        String.valueOf(cell.without(method))));
            }
        }
        return rows;
    }
}
