package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Moments;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Statistics;
import dev.assay.estimator.sums.Trials;
import java.util.Arrays;

/**
 * The penalised log-likelihood ℓ − (n r/2)‖τ‖², MODEL (18c), from the sums of the plain one: shards know nothing of it. The
 * meat B stays as it is.
 */
final class Ridge {
    private Ridge() {}

    /** @param ratio r, at least 0 */
    static Answer penalised(Question question, Answer answer, double ratio) {
        if (ratio == 0) {
            return answer;
        }
        double strength = ratio * answer.weight();
        double[] trials = answer.trials().logLikelihoods().toArray();
        for (int i = 0; i < trials.length; i++) {
            trials[i] -= penalty(question.trials().get(i), strength);
        }
        return new Answer(
                answer.count(),
                answer.weight(),
                answer.hasStatistics() ? penalised(question, answer.statistics(), strength) : null,
                answer.hasMoments() ? penalised(question.point(), answer.moments(), strength) : null,
                new Trials(Vector.of(trials)));
    }

    private static Statistics penalised(Question question, Statistics sums, double strength) {
        Parameters point = question.point();
        return new Statistics(
                sums.logLikelihood() - penalty(point, strength),
                sums.score().minus(point.joint().times(strength)),
                question.wanted().statistics()
                        ? onDiagonal(sums.information(), point.dimension(), 0, strength)
                        : sums.information(),
                sums.cross(),
                sums.clusters(),
                sums.meat(),
                Math.min(sums.minimumSignedMargin(), 0), // With a prior no data separate.
                sums.nonPositiveRationality());
    }

    private static Moments penalised(Parameters point, Moments moments, double strength) {
        return new Moments(
                onDiagonal(moments.difference(), point.reward().size(), 0, strength),
                onDiagonal(moments.context(), point.rationality().size() + 1, 1, strength),
                moments.cross());
    }

    /** The fit with the log-likelihood of the judgments alone. */
    static Fit unpenalised(Fit fit, double ratio) {
        double penalty = penalty(fit.parameters(), ratio * fit.weight());
        return fit.withLogLikelihood(fit.logLikelihood() + penalty);
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
