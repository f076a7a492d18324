package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.estimator.simulation.Design;
import dev.assay.estimator.simulation.PromptGroup;
import dev.assay.lab.simulate.IntervalMethod;
import dev.assay.lab.simulate.Numbers;
import dev.assay.lab.simulate.Page;
import dev.assay.lab.simulate.Plot;
import dev.assay.lab.simulate.ReplicationMean;
import dev.assay.lab.simulate.Replications;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Are intervals on rare prompts, whose features few judgments show, wider and still right? */
final class RarePromptStudy implements Check {
    private static final int D = 8; // the first half common, the second rare
    private static final int[] JUDGMENTS = {400, 2000};
    private static final double[] SHARES = {0.5, 0.2, 0.1, 0.05};
    private static final IntervalMethod METHOD = IntervalMethod.AUTOMATIC;

    @Override
    public long steps(int replications) {
        return (long) JUDGMENTS.length * SHARES.length * 2 * replications;
    }

    private record Row(int n, double share, CoverageCell common, CoverageCell rare) {
        double ratio() {
            return rare.tally(METHOD, Quantity.REWARD).width().mean()
                    / common.tally(METHOD, Quantity.REWARD).width().mean();
        }
    }

    @Override
    public List<String> run(Replications replications, Path folder, Page page) {
        List<Row> rows = new ArrayList<>();
        for (int n : JUDGMENTS) {
            for (double share : SHARES) {
                rows.add(new Row(n, share, cell(share, n, false, replications), cell(share, n, true, replications)));
            }
        }
        Plot.write(folder.resolve("coverage-rare-prompts.png"), 2, List.of(widths(rows), coverage(rows)));
        page.section("Transfer to rare prompts")
                .paragraph(
                        "d = 8: common prompts vary along the first four directions, rare ones along the last four, so a"
                                + " rare prompt is judged by its like alone. Default covariance; rewards of "
                                + CoverageQueries.RESPONSES
                                + " responses of each kind. Were the information on a direction in proportion to its judgments, the"
                                + " widths would be as the square root of the shares: the column after the ratio.")
                .image("coverage-rare-prompts.png", "widths and coverage on rare prompts")
                .table(
                        List.of(
                                "n",
                                "rare prompts",
                                "width, common",
                                "width, rare",
                                "ratio",
                                "√(shares)",
                                "coverage, common",
                                "coverage, rare",
                                "difference, rare",
                                "no interval"),
                        rows.stream().map(RarePromptStudy::row).toList());
        Row rarest = rows.get(rows.size() - 1);
        return List.of("rewards on prompts that are 5 % of n=" + rarest.n() + ": intervals "
                + Numbers.fixed(rarest.ratio(), 1) + " times as wide, coverage "
                + rarest.rare().tally(METHOD, Quantity.REWARD).mean().text(3));
    }

    private static List<String> row(Row row) {
        CoverageTally common = row.common().tally(METHOD, Quantity.REWARD);
        CoverageTally rare = row.rare().tally(METHOD, Quantity.REWARD);
        return List.of(
                Numbers.count(row.n()),
                Numbers.fixed(row.share(), 2),
                Numbers.fixed(common.width().mean(), 3),
                Numbers.fixed(rare.width().mean(), 3),
                Numbers.fixed(row.ratio(), 2),
                Numbers.fixed(Math.sqrt((1 - row.share()) / row.share()), 2),
                common.mean().text(3),
                rare.mean().text(3),
                row.rare().tally(METHOD, Quantity.DIFFERENCE).mean().text(3),
                String.valueOf(row.rare().without(METHOD)));
    }

    private static CoverageCell cell(double share, int n, boolean rare, Replications replications) {
        Design design = new Design(
                List.of(group(1 - share, false), group(share, true)),
                PromptGroup.isotropic(D, true),
                D,
                CoverageExperiment.REWARD_SPREAD,
                new ContextDesign(CoverageExperiment.K, 1, CoverageExperiment.RATIONALITY_SPREAD, 0));
        // One name for both: the same judgments, other questions.
        return CoverageCell.run(
                "rare prompts " + share,
                design,
                n,
                CoverageQueries.of(D, group(1, rare)),
                List.of(METHOD),
                replications);
    }

    private static PromptGroup group(double share, boolean rare) {
        double[] spreads = new double[D];
        for (int i = 0; i < D; i++) {
            spreads[i] = i >= D / 2 == rare ? 1 : 0;
        }
        return new PromptGroup(share, Vector.of(spreads), true);
    }

    private static Plot widths(List<Row> rows) {
        Plot plot = new Plot(
                        "Intervals on rare prompts are wider",
                        "share of rare prompts among the judgments",
                        "mean width of a reward's interval (log-odds)")
                .logX()
                .logY();
        return lines(plot, rows, CoverageTally::width);
    }

    private static Plot coverage(List<Row> rows) {
        Plot plot = new Plot(
                        "Do they still cover?",
                        "share of rare prompts among the judgments",
                        "share of replications covered")
                .logX()
                .yRange(0.9, 1);
        return lines(plot, rows, CoverageTally::mean)
                .reference("nominal", new double[] {0.05, 0.5}, new double[] {0.95, 0.95});
    }

    private static Plot lines(Plot plot, List<Row> rows, Function<CoverageTally, ReplicationMean> what) {
        for (int n : JUDGMENTS) {
            plot.line("common, n=" + Numbers.count(n), SHARES, of(rows, n, Row::common, what));
            plot.line("rare, n=" + Numbers.count(n), SHARES, of(rows, n, Row::rare, what));
        }
        return plot;
    }

    private static List<ReplicationMean> of(
            List<Row> rows, int n, Function<Row, CoverageCell> kind, Function<CoverageTally, ReplicationMean> what) {
        return rows.stream()
                .filter(row -> row.n() == n)
                .map(row -> what.apply(kind.apply(row).tally(METHOD, Quantity.REWARD)))
                .toList();
    }
}
