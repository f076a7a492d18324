package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.estimator.simulation.Sample;
import dev.assay.lab.simulate.AlternatingGradient;
import dev.assay.lab.simulate.Fitting;
import dev.assay.lab.simulate.Numbers;
import dev.assay.lab.simulate.Outcome;
import dev.assay.lab.simulate.Outcomes;
import dev.assay.lab.simulate.Page;
import dev.assay.lab.simulate.Replications;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much does the paper's alternating gradient depend on its step size? */
final class StepStudy implements Check {
    private static final int JUDGMENTS = 600;
    private static final int ITERATIONS = 300;
    private static final double[] STEPS = {5e-5, 0.01, 0.1, 1, 4, 16, 64};
    private static final String ZEROS = "zeros";
    private static final String UNIFORM = "uniform(−1, 1)";
    private static final String OPPOSITE = "opposite sign";
    private static final List<String> STARTS = List.of(ZEROS, UNIFORM, OPPOSITE);
    private static final double STATIONARY = 1e-5; // of the mean gradient: about 0.001 standard errors here
    private static final double SAME_MEAN_LOG_LIKELIHOOD = 1e-6;
    private static final double LOST = 1e-4; // of the mean log-likelihood, in nats
    private static final double FAR = 1e6;

    @Override
    public long steps(int replications) {
        return (long) STEPS.length * Replications.few(replications);
    }

    @Override
    public List<String> run(Replications replications, Path folder, Page page) {
        List<List<String>> rows = new ArrayList<>();
        double largest = 0;
        for (double step : STEPS) {
            List<List<Outcomes.Ended>> all =
                    replications.run("steps " + step, replications.few(), seed -> ended(step, seed));
            for (int s = 0; s < STARTS.size(); s++) {
                int start = s;
                Outcomes outcomes =
                        new Outcomes(all.stream().map(one -> one.get(start)).toList());
                rows.add(outcomes.row(Numbers.plain(step), STARTS.get(s)));
                if (STARTS.get(s).equals(ZEROS) && outcomes.share(Outcome.BEST) > 0.5) {
                    largest = step;
                }
            }
        }
        page.section("Step sizes of the paper's method")
                .paragraph(String.format(
                        Locale.ROOT,
                        "MODEL (10) with the same fixed step for both blocks, at most %d iterations, n = %d, honest annotators,"
                                + " %d replications. Converged: no entry of the mean gradient above %.0e. Rising loss: the"
                                + " log-likelihood ends below what it was. Not converged: it still rises.",
                        ITERATIONS,
                        JUDGMENTS,
                        replications.few(),
                        STATIONARY))
                .table(Outcomes.head("step", "start"), rows);
        return List.of("the alternating gradient's largest step that mostly converges from zeros, of those tried: "
                + (largest == 0 ? "none" : Numbers.plain(largest)));
    }

    private static List<Outcomes.Ended> ended(double step, long seed) {
        Sample sample = new Sample(
                CoverageExperiment.design(
                        new ContextDesign(CoverageExperiment.K, 1, CoverageExperiment.RATIONALITY_SPREAD, 0)),
                seed);
        ComparisonStore store = sample.store(JUDGMENTS);
        Fit fit = Fitting.cold(store);
        return List.of(
                ended(store, step, Parameters.zeros(CoverageExperiment.D, CoverageExperiment.K), fit, sample.truth()),
                ended(store, step, StartStudy.uniform(seed), fit, sample.truth()),
                ended(store, step, StartStudy.opposite(fit.parameters()), fit, sample.truth()));
    }

    /** @param best a fit that found the maximum */
    static Outcomes.Ended ended(ComparisonStore store, double step, Parameters start, Fit best, Parameters truth) {
        AlternatingGradient gradient = new AlternatingGradient(store, start, step, step, ITERATIONS);
        double highest = gradient.logLikelihood();
        while (!gradient.ended()
                && gradient.largestScore() > STATIONARY
                && gradient.point().joint().length() < FAR) {
            gradient.next();
            highest = Math.max(highest, gradient.logLikelihood());
        }
        return new Outcomes.Ended(outcome(gradient, highest, start, best, truth), gradient.iteration());
    }

    private static Outcome outcome(
            AlternatingGradient end, double highest, Parameters start, Fit best, Parameters truth) {
        if (end.largestScore() <= STATIONARY) {
            double top = best.logLikelihood() / best.weight();
            return end.logLikelihood() >= top - SAME_MEAN_LOG_LIKELIHOOD ? Outcome.BEST : Outcome.OTHER;
        }
        return end.logLikelihood() < highest - LOST
                ? Outcome.RISING_LOSS
                : Outcome.unconverged(end.point(), start, truth);
    }
}
