package dev.assay.estimator.descent;

/**
 * What the last accepted point showed, to compare the next with.
 *
 * @param stepLength    length of the step to it, in whitened coordinates
 * @param largestError  largest standard error there, in whitened coordinates
 * @param growthStreak  steps in a row that looked like a run to infinity
 * @param decrement     λ² there; 0 before
 * @param count         rows in its answer; before the first, in that of the moments
 * @param weight        Σw likewise
 * @param logLikelihood ℓ when it was accepted, in nats
 */
record Accepted(
        double stepLength,
        double largestError,
        int growthStreak,
        double decrement,
        long count,
        double weight,
        double logLikelihood) {
    /** Before the first point. */
    static Accepted none(long count, double weight) {
        return new Accepted(0, 0, 0, 0, count, weight, 0);
    }

    static Accepted at(Evaluation at, double decrement, double length, double error, int streak) {
        return new Accepted(length, error, streak, decrement, at.answer().count(), at.weight(), at.logLikelihood());
    }
}
