package dev.assay.lab.simulate;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.estimator.simulation.Design;
import dev.assay.estimator.simulation.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Does the error of θ and γ fall as the paper's Theorem 1 says, like √((d+k)/n)? */
public final class EstimationExperiment implements Experiment {
    private static final int[] JUDGMENTS = {500, 1000, 2000, 4000, 8000, 16_000, 32_000};
    private static final int SLOW = 16_000; // from here on fewer replications
    private static final List<Shape> SHAPES =
            List.of(new Shape(4, 2), new Shape(8, 4), new Shape(16, 8), new Shape(32, 16));
    private static final double REWARD_SPREAD =
            1.5; // log-odds between two responses: a clear preference, not a certain one
    private static final double RATIONALITY_SPREAD = 0.4;
    private static final int LARGE = 3; // index of the n from which on every shape has 80 judgments a parameter

    @Override
    public long steps(int replications) {
        return SHAPES.size()
                        * Arrays.stream(JUDGMENTS)
                                .mapToLong(n -> count(n, replications))
                                .sum()
                + IterationStudy.steps(replications);
    }

    @Override
    public List<String> run(Replications replications, Path folder) {
        List<Curve> curves =
                SHAPES.stream().map(shape -> curve(shape, replications)).toList();
        IterationStudy iterations = IterationStudy.run(replications);
        Plot.write(folder.resolve("estimation-error.png"), 2, List.of(plot(curves, true), plot(curves, false)));
        Plot.write(folder.resolve("estimation-iterations.png"), 2, iterations.plots());
        List<String> findings = new ArrayList<>(findings(curves));
        findings.addAll(iterations.findings());
        page(curves, iterations, findings, replications).write(folder.resolve("estimation.md"));
        return findings;
    }

    private record Shape(int d, int k) {
        int parameters() {
            return d + k;
        }

        String text() {
            return "d=" + d + ", k=" + k;
        }
    }

    /** Squared errors of one fit. */
    private record Errors(double reward, double rationality) {
        static Errors of(Parameters estimate, Parameters truth) {
            double reward = estimate.reward().minus(truth.reward()).length();
            double rationality =
                    estimate.rationality().minus(truth.rationality()).length();
            return new Errors(reward * reward, rationality * rationality);
        }
    }

    /** Root mean square errors at one n. */
    private record Point(ReplicationMean reward, ReplicationMean rationality, ReplicationMean joint, int failures) {}

    private record Curve(Shape shape, List<Point> points) {
        List<ReplicationMean> of(Function<Point, ReplicationMean> quantity) {
            return points.stream().map(quantity).toList();
        }
    }

    private static Curve curve(Shape shape, Replications replications) {
        List<Point> points = new ArrayList<>();
        for (int n : JUDGMENTS) {
            Replications.Given<Errors> given = replications.given(
                    "estimation " + shape.text() + " n=" + n,
                    count(n, replications.count()),
                    seed -> errors(shape, n, seed));
            List<Errors> errors = given.results();
            points.add(new Point(
                    rms(errors, Errors::reward),
                    rms(errors, Errors::rationality),
                    rms(errors, error -> error.reward() + error.rationality()),
                    given.failures()));
        }
        return new Curve(shape, points);
    }

    private static int count(int n, int replications) {
        return n >= SLOW ? Replications.few(replications) : replications;
    }

    private static ReplicationMean rms(List<Errors> errors, ToDoubleFunction<Errors> square) {
        return ReplicationMean.of(errors.stream().mapToDouble(square).toArray()).root();
    }

    private static Optional<Errors> errors(Shape shape, int n, long seed) {
        Sample sample = new Sample(design(shape.d(), shape.k()), seed);
        Fit fit = Fitting.cold(sample.store(n));
        return fit.converged() ? Optional.of(Errors.of(fit.parameters(), sample.truth())) : Optional.empty();
    }

    /** Features of standard deviation 1 whatever d, so that the information on each parameter does not fall with d. */
    static Design design(int d, int k) {
        return Design.isotropic(d, false, REWARD_SPREAD, new ContextDesign(k, 1, RATIONALITY_SPREAD, 0));
    }

    private static List<String> findings(List<Curve> curves) {
        List<String> findings = new ArrayList<>();
        for (Curve curve : curves) {
            findings.add(curve.shape().text() + ": the error falls like n to the power "
                    + large(curve).text() + " from n = " + Numbers.count(JUDGMENTS[LARGE]) + " on, "
                    + Slope.logarithmic(Numbers.doubles(JUDGMENTS), curve.of(Point::joint))
                            .text()
                    + " over all n; the rate of the theorem is −0.5");
        }
        int last = JUDGMENTS.length - 1;
        Slope inParameters = inParameters(curves, last);
        findings.add("at n = " + Numbers.count(JUDGMENTS[last]) + " it grows like d + k to the power "
                + inParameters.text() + "; the rate of the theorem is 0.5");
        return findings;
    }

    private static Slope large(Curve curve) {
        double[] n = Arrays.copyOfRange(Numbers.doubles(JUDGMENTS), LARGE, JUDGMENTS.length);
        return Slope.logarithmic(n, curve.of(Point::joint).subList(LARGE, JUDGMENTS.length));
    }

    private static Slope inParameters(List<Curve> curves, int at) {
        double[] parameters =
                curves.stream().mapToDouble(curve -> curve.shape().parameters()).toArray();
        return Slope.logarithmic(
                parameters,
                curves.stream().map(curve -> curve.points().get(at).joint()).toList());
    }

    private static Plot plot(List<Curve> curves, boolean reward) {
        double[] n = Numbers.doubles(JUDGMENTS);
        Plot plot = new Plot(
                        (reward ? "Reward θ" : "Rationality γ") + ": the error falls with the square root of n",
                        "judgments n",
                        reward ? "rms of ‖θ̂ − θ*‖ (log-odds per feature unit)" : "rms of ‖γ̂ − γ*‖")
                .logX()
                .logY();
        for (Curve curve : curves) {
            plot.line(curve.shape().text(), n, curve.of(reward ? Point::reward : Point::rationality));
        }
        List<ReplicationMean> lowest = curves.get(0).of(reward ? Point::reward : Point::rationality);
        double[] rate = new double[n.length];
        for (int i = 0; i < n.length; i++) {
            rate[i] = 0.8 * lowest.get(n.length - 1).mean() * Math.sqrt(n[n.length - 1] / n[i]);
        }
        return plot.reference("slope −1/2", n, rate);
    }

    private static Page page(
            List<Curve> curves, IterationStudy iterations, List<String> findings, Replications replications) {
        Page page = new Page("Estimation error")
                .paragraph(replications.command("estimation")
                        + ". Features with independent normal entries of standard deviation 1, θ with"
                        + " sd(θᵀz) = 1.5, ψ uniform and Bernoulli by turns with sd(γᵀψ) = 0.4, ψ₀ = 1; every replication"
                        + " draws its own truth. Theorem 1 of the paper bounds the error by a term that falls geometrically"
                        + " with the iterations and a statistical one of order √((d+k)/n). Intervals of slopes are 95 % and"
                        + " hold the Monte-Carlo error alone.")
                .list(findings)
                .section("Error against n")
                .image("estimation-error.png", "errors of θ and γ against n")
                .paragraph("Root mean square of the Euclidean error over the replications that converged, ± Monte-Carlo"
                        + " standard error. From n = 16,000 on a fifth of the replications. The last column but one would be constant if the rate held exactly; at small n the error"
                        + " is larger than the rate says, because the estimate is then also inflated, and at ten judgments a"
                        + " parameter a few replications that are nearly separated make most of the mean square.");
        List<List<String>> rows = new ArrayList<>();
        for (Curve curve : curves) {
            for (int i = 0; i < JUDGMENTS.length; i++) {
                rows.add(List.of(
                        curve.shape().text(),
                        Numbers.count(JUDGMENTS[i]),
                        curve.points().get(i).reward().text(4),
                        curve.points().get(i).rationality().text(4),
                        Numbers.fixed(
                                curve.points().get(i).joint().mean()
                                        / Math.sqrt(curve.shape().parameters() / (double) JUDGMENTS[i]),
                                3),
                        String.valueOf(curve.points().get(i).failures())));
            }
        }
        page.table(List.of("shape", "n", "θ", "γ", "joint error / √((d+k)/n)", "not converged"), rows);
        page.section("Slopes in log n").table(List.of("shape", "θ", "γ", "joint", "joint, n ≥ 4,000"), slopes(curves));
        iterations.describe(page);
        return page;
    }

    private static List<List<String>> slopes(List<Curve> curves) {
        double[] n = Numbers.doubles(JUDGMENTS);
        return curves.stream()
                .map(curve -> List.of(
                        curve.shape().text(),
                        Slope.logarithmic(n, curve.of(Point::reward)).text(),
                        Slope.logarithmic(n, curve.of(Point::rationality)).text(),
                        Slope.logarithmic(n, curve.of(Point::joint)).text(),
                        large(curve).text()))
                .toList();
    }
}
