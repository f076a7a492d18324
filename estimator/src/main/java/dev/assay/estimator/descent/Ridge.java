package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.Arrays;

/**
 * The penalised log-likelihood ℓ − (n r/2)‖τ‖², MODEL (18c), from the sums of the plain one: shards know nothing of it. The
 * meat B stays as it is.
 */
final class Ridge {
    private Ridge() {}

    /** @param ratio r, at least 0 */
    static ShardSum penalised(RoundOrder asked, ShardSum answer, double ratio) {
        if (ratio == 0) {
            return answer;
        }
        int d = asked.point().reward().size();
        int k = asked.point().rationality().size();
        double strength = ratio * answer.weight();
        double[] trials = answer.trialLogLikelihoods().toArray();
        for (int i = 0; i < trials.length; i++) {
            trials[i] -= penalty(asked.trials().get(i), strength);
        }
        boolean gradient = asked.wanted().gradient();
        boolean statistics = asked.wanted().statistics();
        return new ShardSum(
                answer.count(),
                answer.weight(),
                gradient ? answer.logLikelihood() - penalty(asked.point(), strength) : 0,
                Vector.of(trials),
                gradient ? answer.score().minus(asked.point().joint().times(strength)) : answer.score(),
                statistics ? onDiagonal(answer.information(), d + k, 0, strength) : answer.information(),
                answer.cross(),
                answer.clusters(),
                answer.meat(),
                Math.min(answer.minimumSignedMargin(), 0), // With a prior no data separate.
                answer.nonPositiveRationality(),
                asked.wanted().moments() ? onDiagonal(answer.differenceMoment(), d, 0, strength) : Vector.zeros(0),
                asked.wanted().moments() ? onDiagonal(answer.contextMoment(), k + 1, 1, strength) : Vector.zeros(0),
                answer.crossMoment());
    }

    /** The fit with the log-likelihood of the judgments alone. */
    static Step unpenalised(Step step, double ratio) {
        if (ratio == 0
                || !(step instanceof Step.Done done)
                || done.fit().score().size() == 0) {
            return step;
        }
        Fit fit = done.fit();
        double penalty = penalty(fit.parameters(), ratio * fit.weight());
        ShardSum sum = fit.statistics().withLogLikelihood(fit.logLikelihood() + penalty);
        return Step.done(
                new Fit(fit.status(), fit.parameters(), sum, fit.decrement(), fit.rounds(), fit.diagnostics()));
    }

    private static double penalty(Parameters at, double strength) {
        return strength / 2 * at.joint().dot(at.joint());
    }

    private static Vector onDiagonal(Vector packed, int size, int from, double value) {
        double[] added = new double[size];
        Arrays.fill(added, from, size, value);
        return PackedSymmetric.of(size, packed).plusDiagonal(Vector.of(added)).packedVector();
    }
}
