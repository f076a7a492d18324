package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.estimator.simulation.Sample;
import dev.assay.lab.simulate.Fitting;
import dev.assay.lab.simulate.Numbers;
import dev.assay.lab.simulate.Outcome;
import dev.assay.lab.simulate.Outcomes;
import dev.assay.lab.simulate.Page;
import dev.assay.lab.simulate.Replications;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Does the descent find the best optimum from other starts than the moments'? */
final class StartStudy implements Check {
    private static final int JUDGMENTS = 600;
    // Two maxima are told apart by far more; a maximum is known to far less.
    private static final double SAME_LOG_LIKELIHOOD = 1e-5;
    private static final String MOMENTS = "moments";
    private static final String ZEROS = "zeros";
    private static final String BRADLEY_TERRY = "Bradley–Terry";
    private static final String UNIFORM = "uniform(−1, 1)";
    private static final String OPPOSITE = "opposite sign";
    private static final List<String> STARTS = List.of(MOMENTS, ZEROS, BRADLEY_TERRY, UNIFORM, OPPOSITE);
    private static final List<Case> CASES = List.of(
            new Case("honest", 1, 0),
            new Case("20 % adversarial", 1, 0.2),
            new Case("60 % adversarial", 1, 0.6),
            new Case("ψ₀ = 0.3", 0.3, 0),
            new Case("ψ₀ = 0.1", 0.1, 0));

    private record Case(String name, double offset, double adversarial) {}

    @Override
    public long steps(int replications) {
        return (long) CASES.size() * replications;
    }

    @Override
    public List<String> run(Replications replications, Path folder, Page page) {
        List<List<String>> rows = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (Case design : CASES) {
            List<Map<String, Outcomes.Ended>> all =
                    replications.run("starts " + design.name(), seed -> ended(design, seed));
            for (String start : STARTS) {
                Outcomes outcomes = new Outcomes(all.stream()
                        .map(one -> one.getOrDefault(start, new Outcomes.Ended(Outcome.NOT_CONVERGED, 0)))
                        .toList());
                rows.add(outcomes.row(design.name(), start));
                if (start.equals(MOMENTS)) {
                    findings.add("from the moments the best optimum is found in "
                            + Numbers.fixed(100 * outcomes.share(Outcome.BEST), 1) + " % (" + design.name() + ")");
                }
            }
        }
        page.section("Other starts")
                .paragraph("The default descent at n = " + JUDGMENTS
                        + ", from the start the moments give, from zeros, from the"
                        + " Bradley–Terry estimate with γ = 0, from parameters uniform on (−1, 1), and from minus the moments'"
                        + " result. The best optimum is the highest that any of the five found. A wrong sign escape has not"
                        + " converged, has θ against the truth and a γ that ran off. Medians are of rounds.")
                .table(Outcomes.head("design", "start"), rows);
        return findings;
    }

    private static Map<String, Outcomes.Ended> ended(Case design, long seed) {
        Sample sample = new Sample(
                CoverageExperiment.design(new ContextDesign(
                        CoverageExperiment.K,
                        design.offset(),
                        CoverageExperiment.RATIONALITY_SPREAD,
                        design.adversarial())),
                seed);
        DoubleComparisonStore store = sample.store(JUDGMENTS);
        Fit moments = Fitting.cold(store);
        Map<String, Fit> fits = new LinkedHashMap<>();
        fits.put(MOMENTS, moments);
        fits.put(ZEROS, Fitting.from(Parameters.zeros(CoverageExperiment.D, CoverageExperiment.K), store));
        fits.put(BRADLEY_TERRY, Fitting.from(bradleyTerry(store), store));
        fits.put(UNIFORM, Fitting.from(uniform(seed), store));
        fits.put(OPPOSITE, Fitting.from(opposite(moments.parameters()), store));
        double best = fits.values().stream()
                .filter(Fit::converged)
                .mapToDouble(Fit::logLikelihood)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        Map<String, Outcomes.Ended> ended = new LinkedHashMap<>();
        fits.forEach((start, fit) ->
                ended.put(start, new Outcomes.Ended(outcome(fit, best, sample.truth()), fit.rounds())));
        return ended;
    }

    private static Outcome outcome(Fit fit, double best, Parameters truth) {
        Outcome converged = fit.logLikelihood() >= best - SAME_LOG_LIKELIHOOD ? Outcome.BEST : Outcome.OTHER;
        return Outcome.of(fit, converged, Parameters.zeros(CoverageExperiment.D, CoverageExperiment.K), truth);
    }

    static Parameters uniform(long seed) {
        SplittableRandom random = new SplittableRandom(seed).split();
        double[] joint = random.doubles(CoverageExperiment.D + CoverageExperiment.K, -1, 1)
                .toArray();
        return Parameters.of(joint, CoverageExperiment.D);
    }

    static Parameters opposite(Parameters point) {
        return Parameters.of(point.joint().times(-1), point.reward().size());
    }

    private static Parameters bradleyTerry(ComparisonStore store) {
        Fit fit = Fitting.bradleyTerry(store);
        return new Parameters(fit.parameters().reward(), Vector.zeros(store.rationalityDimension()));
    }
}
