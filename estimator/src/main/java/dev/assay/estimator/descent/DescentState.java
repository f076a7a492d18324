package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import java.util.List;

/**
 * What the descent has to remember from round to round; travels with the order, so that a coordinator that was killed
 * goes on from the last order alone.
 *
 * @param phase           what the point of the order is
 * @param warm            whether the point of the first order is a start, rather than one to be found from the moments
 * @param restarted       whether the one restart from the opposite sign was used
 * @param precision       what the judgments need to step by
 * @param ridge           r of the penalty in force: MODEL (18c); 0 for none
 * @param standardisation coordinates of the steps
 * @param expectedGain    gᵀΔ of the step to the point asked, in nats
 * @param damping         Levenberg–Marquardt damping, as a share of the mean curvature
 * @param blockSteps      steps on one block made so far, 0 to 2
 * @param stepLength      length of the last accepted step, in whitened coordinates
 * @param largestError    largest standard error at the last accepted point, in whitened coordinates
 * @param growthStreak    steps in a row that looked like a run to infinity
 * @param decrement       λ² at the last accepted point; 0 before
 * @param count           rows in the last answer
 * @param weight          Σw in the last answer
 * @param logLikelihood   ℓ at the last accepted point when it was accepted, in nats
 * @param memory          vectors of a descent by gradients, as it left them itself
 */
public record DescentState(
        DescentPhase phase,
        boolean warm,
        boolean restarted,
        Precision precision,
        double ridge,
        Standardisation standardisation,
        double expectedGain,
        double damping,
        int blockSteps,
        double stepLength,
        double largestError,
        int growthStreak,
        double decrement,
        long count,
        double weight,
        double logLikelihood,
        List<Vector> memory) {

    static final double FIRST_DAMPING = 1e-3;

    public DescentState {
        memory = List.copyOf(memory);
    }

    static DescentState first(boolean warm) {
        return new DescentState(
                DescentPhase.MOMENTS,
                warm,
                false,
                Precision.FAST,
                0,
                Standardisation.NONE,
                0,
                FIRST_DAMPING,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                List.of());
    }

    /** Before the start: with these coordinates, prior and precision. */
    DescentState started(Standardisation coordinates, double prior, ShardSum answer) {
        return new DescentState(
                DescentPhase.START,
                warm,
                restarted,
                precision,
                prior,
                coordinates,
                0,
                damping,
                blockSteps,
                0,
                0,
                0,
                0,
                answer.count(),
                answer.weight(),
                0,
                memory);
    }

    DescentState with(Precision needed) {
        return new DescentState(
                phase,
                warm,
                restarted,
                needed,
                ridge,
                standardisation,
                expectedGain,
                damping,
                blockSteps,
                stepLength,
                largestError,
                growthStreak,
                decrement,
                count,
                weight,
                logLikelihood,
                memory);
    }

    DescentState restartedFromOppositeSign() {
        return new DescentState(
                DescentPhase.START,
                warm,
                true,
                precision,
                ridge,
                standardisation,
                0,
                FIRST_DAMPING,
                0,
                0,
                0,
                0,
                0,
                count,
                weight,
                0,
                List.of());
    }

    /** The answer's point was accepted, {@code length} away from the one before. */
    DescentState accepted(ShardSum answer, double newDecrement, double length, double error, int streak) {
        return new DescentState(
                phase,
                warm,
                restarted,
                precision,
                ridge,
                standardisation,
                expectedGain,
                damping,
                blockSteps,
                length,
                error,
                streak,
                newDecrement,
                answer.count(),
                answer.weight(),
                answer.logLikelihood(),
                memory);
    }

    DescentState asking(DescentPhase next, double gain, double newDamping, int newBlockSteps) {
        return new DescentState(
                next,
                warm,
                restarted,
                precision,
                ridge,
                standardisation,
                gain,
                newDamping,
                newBlockSteps,
                stepLength,
                largestError,
                growthStreak,
                decrement,
                count,
                weight,
                logLikelihood,
                memory);
    }

    DescentState expecting(double gain) {
        return asking(phase, gain, damping, blockSteps);
    }

    /** For a descent by gradients. */
    DescentState remembering(DescentPhase next, List<Vector> vectors) {
        return new DescentState(
                next,
                warm,
                restarted,
                precision,
                ridge,
                standardisation,
                expectedGain,
                damping,
                blockSteps,
                stepLength,
                largestError,
                growthStreak,
                decrement,
                count,
                weight,
                logLikelihood,
                vectors);
    }
}
