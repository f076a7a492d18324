package dev.assay.lab.simulate;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.simulation.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the error of the paper's alternating gradient falls from iteration to iteration, and where it stops. */
final class IterationStudy {
    private static final int[] JUDGMENTS = {500, 2000, 8000, 32_000};
    private static final int ITERATIONS = 150;
    private static final int PLOTTED = 100; // of them: with three digits the labels would run into each other
    // Each about half the inverse of the largest curvature of its block: with twice these steps some replications at
    // n = 500 end in a cycle around the maximum.
    private static final double REWARD_STEP = 1;
    private static final double RATIONALITY_STEP = 3;
    private static final int D = 5;
    private static final int K = 3;
    // Between these shares of the distance at the start the fall is geometric: before it bends, after it is rounding.
    private static final double WINDOW_FROM = 1e-2;
    private static final double WINDOW_TO = 1e-6;

    private final List<Cell> cells;

    private IterationStudy(List<Cell> cells) {
        this.cells = cells;
    }

    static long steps(int replications) {
        return (long) JUDGMENTS.length * Replications.few(replications);
    }

    static IterationStudy run(Replications replications) {
        List<Cell> cells = new ArrayList<>();
        for (int n : JUDGMENTS) {
            cells.add(new Cell(
                    n,
                    replications
                            .given("iterations n=" + n, replications.few(), seed -> path(n, seed))
                            .results()));
        }
        return new IterationStudy(cells);
    }

    /** Distances of the iterates, the start included, from the truth and from the maximum; floor: the maximum's error. */
    private record Path(List<Double> toTruth, List<Double> toMaximum, double floor) {
        /** Of log distance to the maximum, per iteration; NaN if too few iterations lie in the window. */
        double contraction() {
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (int t = 0; t < toMaximum.size(); t++) {
                double share = toMaximum.get(t) / toMaximum.get(0);
                if (share <= WINDOW_FROM && share >= WINDOW_TO) {
                    x.add((double) t);
                    y.add(Math.log(toMaximum.get(t)));
                }
            }
            return x.size() < 3
                    ? Double.NaN
                    : Slope.of(doubles(x), doubles(y), new double[x.size()]).value();
        }

        boolean stalled() {
            return toMaximum.get(ITERATIONS) > WINDOW_FROM * toMaximum.get(0);
        }

        private static double[] doubles(List<Double> values) {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    private record Cell(int n, List<Path> paths) {
        ReplicationMean contraction() {
            return ReplicationMean.of(paths.stream()
                    .mapToDouble(Path::contraction)
                    .filter(Double::isFinite)
                    .map(Math::exp)
                    .toArray());
        }

        double floor() {
            return rms(paths.stream().mapToDouble(Path::floor).toArray());
        }

        double toTruth(int t) {
            return rms(paths.stream().mapToDouble(path -> path.toTruth().get(t)).toArray());
        }

        double toMaximum(int t) {
            return rms(
                    paths.stream().mapToDouble(path -> path.toMaximum().get(t)).toArray());
        }

        /** The first iteration whose error is within a tenth of the floor; -1 if none is. */
        int arrival() {
            for (int t = 0; t <= ITERATIONS; t++) {
                if (toTruth(t) <= 1.1 * floor()) {
                    return t;
                }
            }
            return -1;
        }

        private static double rms(double[] values) {
            double squares = 0;
            for (double value : values) {
                squares += value * value / values.length;
            }
            return Math.sqrt(squares);
        }
    }

    private static Optional<Path> path(int n, long seed) {
        Sample sample = new Sample(EstimationExperiment.design(D, K), seed);
        ComparisonStore store = sample.store(n);
        Fit fit = Fitting.cold(store);
        if (!fit.converged()) {
            return Optional.empty();
        }
        AlternatingGradient gradient =
                new AlternatingGradient(store, Parameters.zeros(D, K), REWARD_STEP, RATIONALITY_STEP, ITERATIONS);
        List<Double> toTruth = new ArrayList<>();
        List<Double> toMaximum = new ArrayList<>();
        for (int t = 0; t <= ITERATIONS; t++) {
            toTruth.add(gradient.point().distance(sample.truth()));
            toMaximum.add(gradient.point().distance(fit.parameters()));
            if (!gradient.ended()) {
                gradient.next();
            }
        }
        return Optional.of(new Path(toTruth, toMaximum, fit.parameters().distance(sample.truth())));
    }

    List<Plot> plots() {
        double[] t = new double[PLOTTED + 1];
        for (int i = 0; i < t.length; i++) {
            t[i] = i;
        }
        Plot truth = new Plot(
                        "The error falls geometrically down to the statistical error",
                        "iteration of the alternating gradient",
                        "rms distance from the truth τ*")
                .logY();
        Plot maximum = new Plot(
                        "The optimisation error goes on falling at one rate",
                        "iteration of the alternating gradient",
                        "rms distance from the maximum τ̂")
                .logY();
        for (Cell cell : cells) {
            double[] toTruth = new double[t.length];
            double[] toMaximum = new double[t.length];
            for (int i = 0; i < t.length; i++) {
                toTruth[i] = cell.toTruth(i);
                toMaximum[i] = cell.toMaximum(i);
            }
            truth.curve("n=" + Numbers.count(cell.n()), t, toTruth);
            maximum.curve("n=" + Numbers.count(cell.n()), t, toMaximum);
        }
        return List.of(truth, maximum);
    }

    List<String> findings() {
        Cell largest = cells.get(cells.size() - 1);
        Slope floors = Slope.logarithmic(
                cells.stream().mapToDouble(Cell::n).toArray(),
                cells.stream()
                        .map(cell -> ReplicationMean.of(cell.paths().stream()
                                        .mapToDouble(path -> path.floor() * path.floor())
                                        .toArray())
                                .root())
                        .toList());
        return List.of(
                "the alternating gradient's distance from the maximum shrinks each iteration by the factor "
                        + factor(largest.contraction()) + " at n=" + Numbers.count(largest.n()),
                "the error it stops at falls like n to the power " + floors.text());
    }

    void describe(Page page) {
        page.section("Error against iterations")
                .image("estimation-iterations.png", "error against iterations")
                .paragraph(String.format(
                        Locale.ROOT,
                        "MODEL (10) with d=%d, k=%d and the steps η₁ = %s, η₂ = %s, from θ = 0, γ = 0. The factor is the slope of the log"
                                + " distance from the maximum where that is between %.0e and %.0e of its start, one slope a"
                                + " replication; mean with its 95 %% interval. Stalled: after %d iterations still further away than a"
                                + " hundredth of the start.",
                        D,
                        K,
                        Numbers.fixed(REWARD_STEP, 0),
                        Numbers.fixed(RATIONALITY_STEP, 0),
                        WINDOW_TO,
                        WINDOW_FROM,
                        ITERATIONS))
                .table(
                        List.of(
                                "n",
                                "replications",
                                "factor per iteration",
                                "statistical error ‖τ̂ − τ*‖, rms",
                                "iterations to within 10 % of it",
                                "stalled"),
                        cells.stream()
                                .map(cell -> List.of(
                                        Numbers.count(cell.n()),
                                        String.valueOf(cell.paths().size()),
                                        factor(cell.contraction()),
                                        Numbers.fixed(cell.floor(), 4),
                                        cell.arrival() < 0 ? "more than " + ITERATIONS : String.valueOf(cell.arrival()),
                                        String.valueOf(cell.paths().stream()
                                                .filter(Path::stalled)
                                                .count())))
                                .toList());
    }

    private static String factor(ReplicationMean factor) {
        return Slope.text(factor.mean(), factor.standardError());
    }
}
