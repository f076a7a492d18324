package dev.assay.estimator.inference;

import java.util.OptionalDouble;

/**
 * How one annotator judges, compared with what the model expects of somebody in the same contexts: MODEL (18b). The
 * multiplier of the rationality is 1 for the population, 0 for guessing, below 0 for judging the wrong way round. It is one
 * step from 1: close to 1 nearly the maximum of the likelihood, farther out too far from 1; the flags do not rest on it.
 *
 * @param annotator  number, at least 0
 * @param judgments  n, by weight
 * @param agreement  share in the direction of the estimated margin, of judgments that are no ties; empty without any
 * @param multiplier 1 + u; 1 where nothing is known
 * @param below      whether it is below 1: less rational than the population
 * @param negative   whether it is below 0: judging against the population
 */
public record AnnotatorEstimate(
        int annotator, double judgments, OptionalDouble agreement, Multiplier multiplier, Flag below, Flag negative) {
    /**
     * A multiplier of the rationality.
     *
     * @param standardError +∞ where nothing is known
     * @param shrunk        1 + u·v̂/(v̂ + se²), the guess with the least expected error
     */
    public record Multiplier(double estimate, double standardError, double shrunk) {}

    /**
     * A one-sided test.
     *
     * @param pValue  adjusted for all annotators
     * @param flagged whether it is small enough
     */
    public record Flag(double pValue, boolean flagged) {
        static Flag at(double rate, double pValue) {
            return new Flag(pValue, pValue <= rate);
        }
    }
}
