package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.Vector;

/** @param logLikelihoods ℓ at each trial point of the question, in nats */
public record Trials(Vector logLikelihoods) {
    /** Of a question without trials. */
    public static final Trials NONE = new Trials(Vector.zeros(0));

    /** ℓ at one of them. */
    public double logLikelihood(int trial) {
        return logLikelihoods.get(trial);
    }

    Trials plus(Trials other) {
        return new Trials(logLikelihoods.plus(other.logLikelihoods));
    }
}
