package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.estimator.simulation.Design;
import dev.assay.estimator.simulation.PromptGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Is pessimistic best-of-N better than plain, and how fast does either get better with more judgments? */
public final class BestOfNExperiment implements Experiment {
    private static final int[] JUDGMENTS = {500, 2000, 8000, 32_000};
    private static final int D = 16;
    private static final int COVERED = 8;
    private static final double BARELY = 0.1;
    private static final int K = 4;
    private static final double REWARD_SPREAD = Math.sqrt(2); // of a difference: one reward then has 1
    private static final List<Layout> LAYOUTS = List.of(
            new Layout("reward in the covered directions", COVERED, 0),
            new Layout("reward in all directions", D, 0),
            new Layout("covered, and features shifted by 1", COVERED, 1));
    private static final List<String> PLOTTED = List.of(Policy.PLAIN.text(), "q=0.5", "q=1", "q=1.96");
    private static final List<Policy> TOLD =
            List.of(new Policy(1, false), new Policy(1.96, false), new Policy(1, true), new Policy(1.96, true));

    /**
     * @param rewardDirections of the first directions, which are the covered ones
     * @param shift            added to every feature of every candidate
     */
    private record Layout(String text, int rewardDirections, double shift) {
        /** The same of two layouts that differ by the shift alone: they then have the same judgments and candidates. */
        String name() {
            return "best of n, reward in " + rewardDirections;
        }

        Design design() {
            double[] spreads = new double[D];
            for (int i = 0; i < D; i++) {
                spreads[i] = i < COVERED ? 1 : BARELY;
            }
            return new Design(
                    List.of(new PromptGroup(1, Vector.of(spreads), false)),
                    PromptGroup.isotropic(D, false),
                    rewardDirections,
                    REWARD_SPREAD,
                    new ContextDesign(K, 1, 0.4, 0.2));
        }
    }

    private record Curve(Layout layout, List<BestOfNCell> cells) {
        /** Of the largest number of candidates, by n. */
        List<ReplicationMean> regret(String policy) {
            return cells.stream()
                    .map(cell -> cell.regret(policy, BestOfNCell.LARGEST))
                    .toList();
        }

        String slope(String policy) {
            return Slope.logarithmic(Numbers.doubles(JUDGMENTS), regret(policy)).text();
        }
    }

    @Override
    public long steps(int replications) {
        return (long) LAYOUTS.size() * JUDGMENTS.length * replications;
    }

    @Override
    public List<String> run(Replications replications, Path folder) {
        List<Curve> curves =
                LAYOUTS.stream().map(layout -> curve(layout, replications)).toList();
        Plot.write(
                folder.resolve("best-of-n.png"),
                2,
                Stream.concat(
                                curves.stream().map(BestOfNExperiment::againstJudgments),
                                Stream.of(againstCandidates(curves.get(0))))
                        .toList());
        Plot.write(
                folder.resolve("best-of-n-pessimism.png"),
                2,
                curves.stream().limit(2).map(BestOfNExperiment::againstQuantile).toList());
        List<String> findings =
                curves.stream().flatMap(curve -> findings(curve).stream()).toList();
        page(curves, findings, replications).write(folder.resolve("best-of-n.md"));
        return findings;
    }

    private static Curve curve(Layout layout, Replications replications) {
        List<BestOfNCell> cells = new ArrayList<>();
        for (int n : JUDGMENTS) {
            cells.add(BestOfNCell.run(layout.name(), layout.design(), layout.shift(), n, replications));
        }
        return new Curve(layout, cells);
    }

    private static List<String> findings(Curve curve) {
        List<String> findings = new ArrayList<>();
        for (Policy policy : TOLD) {
            List<String> wins = new ArrayList<>();
            List<String> losses = new ArrayList<>();
            for (BestOfNCell cell : curve.cells()) {
                ReplicationMean gain = cell.gain(policy.text(), BestOfNCell.LARGEST);
                if (Math.abs(gain.mean()) > Slope.NORMAL * gain.standardError()) {
                    (gain.mean() > 0 ? wins : losses).add(Numbers.count(cell.n()));
                }
            }
            findings.add(curve.layout().text() + ", N=" + BestOfNCell.LARGEST + ", " + policy.text()
                    + ": better than plain at n="
                    + (wins.isEmpty() ? "none" : String.join(" ", wins)) + "; worse at n="
                    + (losses.isEmpty() ? "none" : String.join(" ", losses)));
        }
        findings.add(curve.layout().text() + ": slopes in log n: plain " + curve.slope(Policy.PLAIN.text()) + ", q=1 "
                + curve.slope(TOLD.get(0).text()) + ", q=1.96 "
                + curve.slope(TOLD.get(1).text()));
        return findings;
    }

    private static Plot againstJudgments(Curve curve) {
        double[] n = Numbers.doubles(JUDGMENTS);
        Plot plot = new Plot("Best of 128: " + curve.layout().text(), "judgments n", "suboptimality (sd of the reward)")
                .logX()
                .logY();
        for (String policy : PLOTTED) {
            plot.line(policy, n, curve.regret(policy));
        }
        if (curve.layout().shift() != 0) {
            plot.line("q=1.96, centred", n, curve.regret("q=1.96, centred"));
        }
        return plot.line(Policy.BRADLEY_TERRY, n, curve.regret(Policy.BRADLEY_TERRY));
    }

    private static Plot againstCandidates(Curve curve) {
        BestOfNCell cell = curve.cells().get(1);
        Plot plot = new Plot(
                "More candidates, n = " + Numbers.count(cell.n()) + ": "
                        + curve.layout().text(),
                "candidates N",
                "suboptimality (sd of the reward)");
        for (String policy : PLOTTED) {
            plot.line(
                    policy,
                    Numbers.doubles(BestOfNCell.SIZES),
                    Arrays.stream(BestOfNCell.SIZES)
                            .mapToObj(size -> cell.regret(policy, size))
                            .toList());
        }
        return plot;
    }

    private static Plot againstQuantile(Curve curve) {
        Plot plot = new Plot(
                "How much pessimism? " + curve.layout().text(),
                "q, standard errors below the estimate",
                "suboptimality, plain best-of-N = 1");
        List<Policy> policies =
                Policy.ALL.stream().filter(policy -> !policy.centred()).toList();
        double[] q = policies.stream().mapToDouble(Policy::quantile).toArray();
        for (BestOfNCell cell : curve.cells()) {
            double plain = cell.regret(Policy.PLAIN.text(), BestOfNCell.LARGEST).mean();
            plot.line(
                    "n=" + Numbers.count(cell.n()),
                    q,
                    policies.stream()
                            .map(policy -> {
                                ReplicationMean gain = cell.gain(policy.text(), BestOfNCell.LARGEST);
                                return new ReplicationMean(
                                        1 - gain.mean() / plain, gain.standardError() / plain, gain.count());
                            })
                            .toList());
        }
        return plot.reference("plain", new double[] {0, 3}, new double[] {1, 1});
    }

    private static Page page(List<Curve> curves, List<String> findings, Replications replications) {
        Page page = new Page("Pessimistic against plain best-of-N")
                .paragraph(replications.command("best-of-n") + ". d=" + D + ", k=" + K
                        + "; in the judgments the features of the first half of"
                        + " the directions have standard deviation 1, of the other half 0.1; in the candidates all have 1, and"
                        + " a reward has 1. A fifth of the judgments are adversarial, sd(γᵀψ) = 0.4 among the others. Default"
                        + " covariance. Ten prompts a replication. Suboptimality: true reward of the best candidate less that"
                        + " of the chosen, in standard deviations of the reward. Centred: bounds counted from the mean of the"
                        + " candidates. q = 0.5, 1, 1.96, 3 are α = 0.617, 0.317, 0.05, 0.0027.")
                .list(findings)
                .image("best-of-n.png", "suboptimality against judgments and candidates")
                .image("best-of-n-pessimism.png", "suboptimality against q");
        for (Curve curve : curves) {
            page.section(curve.layout().text()).table(head(), rows(curve));
        }
        page.section("Slopes in log n of the suboptimality, N = 128")
                .paragraph("Least squares over the four n, with the 95 % Monte-Carlo interval.");
        return page.table(
                Stream.concat(
                                Stream.of("policy"),
                                curves.stream().map(curve -> curve.layout().text()))
                        .toList(),
                Policy.NAMES.stream()
                        .map(policy -> Stream.concat(
                                        Stream.of(policy), curves.stream().map(curve -> curve.slope(policy)))
                                .toList())
                        .toList());
    }

    private static List<String> head() {
        List<String> head = new ArrayList<>(List.of("n", "policy"));
        for (int size : BestOfNCell.SIZES) {
            head.add("N=" + size);
        }
        head.add("gain over plain, N=" + BestOfNCell.LARGEST);
        head.add("no estimate");
        return head;
    }

    private static List<List<String>> rows(Curve curve) {
        List<List<String>> rows = new ArrayList<>();
        for (BestOfNCell cell : curve.cells()) {
            for (String policy : Policy.NAMES) {
                List<String> row = new ArrayList<>(List.of(Numbers.count(cell.n()), policy));
                for (int size : BestOfNCell.SIZES) {
                    row.add(cell.regret(policy, size).text(3));
                }
                boolean itself = policy.equals(Policy.PLAIN.text()) || policy.equals(Policy.BRADLEY_TERRY);
                row.add(itself ? "" : cell.gain(policy, BestOfNCell.LARGEST).text(3));
                row.add(String.valueOf(cell.failures()));
                rows.add(row);
            }
        }
        return rows;
    }
}
