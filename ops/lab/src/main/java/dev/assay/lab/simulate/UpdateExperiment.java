package dev.assay.lab.simulate;

import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.estimator.simulation.Design;
import dev.assay.estimator.simulation.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** How far are one-step estimates between reruns from the exact maximum, and what do the reruns cost? */
public final class UpdateExperiment implements Experiment {
    private static final List<Shape> SHAPES = List.of(
            new Shape("synthetic", 32, 8, 50_000, 500, false),
            new Shape("synthetic, by an attribute", 32, 8, 50_000, 500, true),
            new Shape("synthetic", 9, 3, 15_000, 150, false),
            new Shape("synthetic", 128, 16, 36_000, 1800, false));
    private static final int PLOT_COLUMNS = 2;
    private static final int BATCH = 500; // of real judgments
    private static final double SPREAD = 1.5; // of rewards, as in the other studies
    private static final double RATIONALITY_SPREAD = 0.4;
    private static final double ALLOWED = 0.1; // standard errors
    private static final double NOTHING =
            1e-3; // standard errors, below which a ratio says nothing about a drift of 0.1
    private static final List<UpdateRule> RULES =
            List.of(UpdateRule.NEVER, UpdateRule.GROWTH, UpdateRule.DRIFT, UpdateRule.DEFAULT);

    private final List<UpdateStream> real;
    private final List<Shape> shapes;

    /** @param real streams besides the synthetic ones */
    public UpdateExperiment(List<UpdateStream> real) {
        this(real, SHAPES);
    }

    UpdateExperiment(List<UpdateStream> real, List<Shape> shapes) {
        this.real = List.copyOf(real);
        this.shapes = List.copyOf(shapes);
    }

    /**
     * Of synthetic streams.
     *
     * @param sorted by the first context attribute, from its least value to its largest
     */
    record Shape(String name, int d, int k, int judgments, int batch, boolean sorted) {
        Design design() {
            return Design.isotropic(d, false, SPREAD, new ContextDesign(k, 1, RATIONALITY_SPREAD, 0));
        }

        UpdateStream stream(long seed) {
            UpdateStream stream = UpdateStream.of(name, new Sample(design(), seed).store(judgments));
            return sorted ? stream.sortedBy(0, name) : stream;
        }
    }

    /** Those who followed streams of one kind, stream by stream. */
    private record Cell(String name, int p, int judgments, List<UpdateFollower> followers) {
        List<UpdateFollower> followers(UpdateRule rule) {
            return followers.stream()
                    .filter(follower -> follower.rule().equals(rule))
                    .toList();
        }

        /** Of the rules that rerun: where one does not, the step soon comes from where nobody would take it. */
        Stream<UpdatePoint> points() {
            return followers.stream()
                    .filter(follower -> !follower.rule().equals(UpdateRule.NEVER))
                    .flatMap(follower -> follower.points().stream());
        }

        String text() {
            return name + ", p=" + p;
        }
    }

    /** One stream of a kind for five hundred replications: a stream is some hundred fits. */
    private static int streams(int replications) {
        return Math.max(2, replications / 500);
    }

    @Override
    public long steps(int replications) {
        return (long) shapes.size() * streams(replications) + real.size();
    }

    @Override
    public List<String> run(Replications replications, Path folder) {
        List<Cell> cells = new ArrayList<>();
        for (UpdateStream stream : real) {
            List<List<UpdateFollower>> play =
                    replications.run("updates " + stream.name(), 1, seed -> stream.followed(BATCH, RULES));
            cells.add(new Cell(stream.name(), stream.p(), stream.rows().size(), play.get(0)));
        }
        for (Shape shape : shapes) {
            List<UpdateFollower> followers = replications
                    .run(
                            "updates " + shape,
                            streams(replications.count()),
                            seed -> shape.stream(seed).followed(shape.batch(), RULES))
                    .stream()
                    .flatMap(List::stream)
                    .toList();
            cells.add(new Cell(shape.name(), shape.d() + shape.k(), shape.judgments(), followers));
        }
        Plot.write(
                folder.resolve("updates.png"),
                PLOT_COLUMNS,
                cells.stream()
                        .limit(cells.size() - cells.size() % PLOT_COLUMNS) // the library draws whole rows only
                        .map(UpdateExperiment::plot)
                        .toList());
        List<String> findings = findings(cells);
        page(cells, findings, replications).write(folder.resolve("updates.md"));
        return findings;
    }

    private static List<String> findings(List<Cell> cells) {
        List<String> findings = new ArrayList<>();
        for (Cell cell : cells) {
            List<UpdateFollower> followers = cell.followers(UpdateRule.DEFAULT);
            findings.add(cell.text() + ", default rule: at most " + Numbers.fixed(largest(followers), 3)
                    + " standard errors from the exact maximum, " + Numbers.fixed(rms(followers), 3) + " rms; "
                    + mean(followers, UpdateFollower::reruns) + " reruns, " + mean(followers, UpdateFollower::passes)
                    + " passes");
        }
        return findings;
    }

    private static double largest(List<UpdateFollower> followers) {
        return followers.stream()
                .flatMap(follower -> follower.points().stream())
                .mapToDouble(UpdatePoint::published)
                .max()
                .orElse(Double.NaN);
    }

    private static double rms(List<UpdateFollower> followers) {
        return Math.sqrt(followers.stream()
                .flatMap(follower -> follower.points().stream())
                .mapToDouble(point -> point.published() * point.published())
                .average()
                .orElse(Double.NaN));
    }

    private static String mean(List<UpdateFollower> followers, ToDoubleFunction<UpdateFollower> quantity) {
        return Numbers.fixed(followers.stream().mapToDouble(quantity).average().orElse(Double.NaN), 1);
    }

    private static Plot plot(Cell cell) {
        Plot plot = new Plot(cell.text(), "judgments", "distance from the maximum, standard errors").logY();
        for (UpdateRule rule : List.of(UpdateRule.NEVER, UpdateRule.DRIFT, UpdateRule.DEFAULT)) {
            // Of what would be published without the rerun that is due: else the line would break at every rerun.
            List<UpdatePoint> points = cell.followers(rule).get(0).points();
            if (!points.isEmpty()) {
                plot.curve(
                        rule.name(),
                        points.stream().mapToDouble(UpdatePoint::n).toArray(),
                        points.stream()
                                .mapToDouble(point -> Math.max(point.distance(), 1e-5))
                                .toArray());
            }
        }
        double[] ends = {UpdateRule.PUBLISHED_FROM * (double) cell.p(), cell.judgments()};
        return plot.reference("allowed", ends, new double[] {ALLOWED, ALLOWED});
    }

    private Page page(List<Cell> cells, List<String> findings, Replications replications) {
        return new Page("Updates between reruns")
                .paragraph(replications.command("updates" + (real.isEmpty() ? "" : " --data DIR"))
                        + ". Judgments arrive in batches of "
                        + BATCH + " (p = 12: 150, p = 144: 1800). After every batch from n = 100p on the one-step"
                        + " estimate, MODEL (8), is compared with the exact maximum over all that has arrived: root mean"
                        + " square over the p parameters of the difference in model standard errors. Synthetic judgments"
                        + " as in [estimation.md](estimation.md), ψ not centred, " + streams(replications.count())
                        + " streams of a kind; the sorted ones arrive from the least value of"
                        + " a context attribute, uniform on [−1, 1], to the largest.")
                .list(findings)
                .image("updates.png", "distance from the exact maximum against judgments")
                .paragraph(
                        "The lines are what the one step gives just before a rerun that is due replaces it; one stream"
                                + " each.")
                .section("Rules")
                .paragraph(
                        "Below n = 100p every rule reruns when n has grown by 1.3 and publishes no one-step estimate."
                                + " From there: *growth of n*, by 1.3 below 500p and by 2 above; *drift*, the estimate cλ²/√(np)"
                                + " of [MODEL.md](../MODEL.md) §2. Distances are of what is published. Passes count every round"
                                + " of every rerun (Newton, warm from the one-step estimate), the one for moments, which running"
                                + " sums could answer, and the one that sums T anew; means over the streams. Exact at every batch"
                                + " would be a rerun each.")
                .table(
                        List.of(
                                "stream",
                                "rerun by",
                                "largest distance",
                                "rms distance",
                                "batches above 0.1",
                                "nothing to publish",
                                "reruns",
                                "passes"),
                        cells.stream()
                                .flatMap(cell -> RULES.stream().map(rule -> row(cell, rule)))
                                .toList())
                .section("Calibration")
                .paragraph(
                        "The c with which the drift estimate would have been exactly right, over the batches of the three"
                                + " rules that rerun whose distance is above 0.001. *Plain* is the same step taken in (θ, γ) as they are, without"
                                + " the centring of the coordinates.")
                .table(
                        List.of("stream", "batches", "c: median", "90 %", "99 %", "largest", "plain: median", "99 %"),
                        cells.stream().map(UpdateExperiment::calibration).toList());
    }

    private static List<String> row(Cell cell, UpdateRule rule) {
        List<UpdateFollower> followers = cell.followers(rule);
        long above = followers.stream()
                .flatMap(follower -> follower.points().stream())
                .filter(point -> point.published() > ALLOWED)
                .count();
        long all = followers.stream()
                .mapToLong(follower -> follower.points().size())
                .sum();
        return List.of(
                cell.text(),
                rule.name(),
                Numbers.fixed(largest(followers), 3),
                Numbers.fixed(rms(followers), 3),
                above + " of " + all,
                String.valueOf(
                        followers.stream().mapToInt(UpdateFollower::missing).sum()),
                mean(followers, UpdateFollower::reruns),
                mean(followers, UpdateFollower::passes));
    }

    private static List<String> calibration(Cell cell) {
        double[] needed = sorted(cell, UpdatePoint::calibration);
        double[] plain = sorted(cell, point -> point.plain() / point.unit());
        return List.of(
                cell.text(),
                String.valueOf(needed.length),
                quantile(needed, 0.5),
                quantile(needed, 0.9),
                quantile(needed, 0.99),
                quantile(needed, 1),
                quantile(plain, 0.5),
                quantile(plain, 0.99));
    }

    private static double[] sorted(Cell cell, ToDoubleFunction<UpdatePoint> quantity) {
        return cell.points()
                .filter(point -> point.distance() > NOTHING)
                .mapToDouble(quantity)
                .sorted()
                .toArray();
    }

    private static String quantile(double[] sorted, double level) {
        return sorted.length == 0 ? "–" : Numbers.fixed(sorted[(int) Math.ceil(level * (sorted.length - 1))], 2);
    }
}
