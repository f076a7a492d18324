package dev.assay.cli.fit;

import static dev.assay.service.topics.InvalidInputException.require;
import static dev.assay.service.topics.InvalidInputException.requireWithin;

import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.FixedStepDescent;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.SecondStart;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.service.topics.InvalidInputException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the maximum is looked for: options of {@code assay fit}. */
final class FitOptions {
    private static final double EXACT = 1e-10; // a pass more than a published estimate needs: here digits are compared
    private static final int MOST_THREADS = 256;
    private static final int MOST_ITERATIONS = 100_000_000;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            converter = MethodWords.class,
            completionCandidates = MethodWords.class,
            description = "One of ${COMPLETION-CANDIDATES}. Default: alternating.")
    private Method method = Method.ALTERNATING;

    @Option(
            names = "--ridge",
            paramLabel = "R",
            description = "Minimise the mean loss + R/2 (sum of all squared parameters). Default: 0.")
    private double ridge;

    @Option(names = "--threads", paramLabel = "N", description = "Default: the processors there are.")
    private int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);

    @Option(
            names = "--max-rounds",
            paramLabel = "N",
            description =
                    "Passes over the data after which to give up, at least 2. Default: 60 for Newton steps, 300 for "
                            + "lbfgs, 1000 for alternating-gradient.")
    private @Nullable Integer maxRounds;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = "Distance from the maximum at which to stop, in standard errors a parameter. "
                    + "Default: ${DEFAULT-VALUE}.")
    private double tolerance = EXACT;

    @Option(
            names = "--start",
            paramLabel = "START",
            converter = FitStart.Converter.class,
            description = "moments (of the data, by a singular value decomposition), zeros, or uniform[:SEED] (on "
                    + "(-1, 1)). Default: ${DEFAULT-VALUE}.")
    private FitStart start = FitStart.MOMENTS;

    @Option(
            names = "--second-start",
            description = "Fit again from another start, say so if it ends elsewhere, and report the better.")
    private boolean secondStart;

    @Option(
            names = "--step-sizes",
            paramLabel = "ETA1,ETA2",
            hideParamSyntax = true,
            split = ",",
            description =
                    "For --method alternating-gradient: gradient steps of fixed length on theta and gamma in turn, "
                            + "per mean gradient, in the units of the data. Needs --iterations.")
    private double @Nullable [] stepSizes;

    @Option(names = "--iterations", paramLabel = "N", description = "Of --step-sizes: so many, two passes each.")
    private @Nullable Integer iterations;

    /** @throws InvalidInputException naming option, bound and value */
    void check() {
        require(ridge >= 0 && Double.isFinite(ridge), "--ridge must be at least 0 and finite, was " + ridge);
        requireWithin("--threads", threads, 1, MOST_THREADS);
        require(maxRounds == null || maxRounds >= 2, "--max-rounds must be at least 2, was " + maxRounds);
        require(
                tolerance > 0 && Double.isFinite(tolerance),
                "--tolerance must be above 0 and finite, was " + tolerance);
        require(
                (stepSizes == null) == (iterations == null),
                "--step-sizes and --iterations must be given together or not at all");
        if (stepSizes != null) {
            require(!secondStart, "--second-start does not go with --step-sizes: fixed steps seldom end at a maximum");
            require(stepSizes.length == 2, "--step-sizes must be 2 numbers, ETA1,ETA2, were " + stepSizes.length);
            for (double size : stepSizes) {
                require(size > 0 && size <= 1e6, "--step-sizes must be above 0 and at most 1e6, was " + size);
            }
            require(
                    method == Method.ALTERNATING_GRADIENT,
                    "--step-sizes are for --method alternating-gradient, was " + method.label());
        }
        if (iterations != null) {
            requireWithin("--iterations", iterations, 1, MOST_ITERATIONS);
        }
    }

    TimedFit fit(FitInput input) {
        int d = input.rewardDimension();
        int k = input.rationalityDimension();
        FitConfig config =
                new FitConfig(maxRounds == null ? method.maxRounds() : maxRounds, tolerance).withRidge(ridge);
        Descent descent = stepSizes != null && iterations != null
                ? new FixedStepDescent(config, stepSizes[0], stepSizes[1], iterations)
                : method.descent(config);
        List<StoreShard> shards = List.of(input.shard(threads));
        long begin = System.nanoTime();
        Fit fit = descent.fit(start.start(d, k), shards);
        if (secondStart) {
            fit = SecondStart.checked(fit, descent, start.other().parameters(d, k), shards);
        }
        return new TimedFit(fit, (System.nanoTime() - begin) / 1e9);
    }
}
