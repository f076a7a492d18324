package dev.assay.estimator.inference;

import java.util.OptionalDouble;

/**
 * How one annotator judges, compared with what the model expects of somebody in the same contexts: MODEL (18b). The
 * multiplier of the rationality is 1 for the population, 0 for guessing, below 0 for judging the wrong way round. It is one
 * step from 1: close to 1 nearly the maximum of the likelihood, farther out too far from 1; the flags do not rest on it.
 *
 * @param annotator        number, at least 0
 * @param judgments        n, by weight
 * @param agreement        share in the direction of the estimated margin, of judgments that are no ties; empty without any
 * @param multiplier       1 + u; 1 where nothing is known
 * @param standardError    of the multiplier; +∞ where nothing is known
 * @param shrunkMultiplier 1 + u·v̂/(v̂ + se²), the guess with the least expected error
 * @param belowPValue      of a multiplier of 1 or more, one-sided, adjusted for all annotators
 * @param negativePValue   of a multiplier of 0 or more, one-sided, adjusted for all annotators
 * @param below            flagged as less rational than the population
 * @param negative         flagged as judging against it
 */
public record AnnotatorEstimate(
        int annotator,
        double judgments,
        OptionalDouble agreement,
        double multiplier,
        double standardError,
        double shrunkMultiplier,
        double belowPValue,
        double negativePValue,
        boolean below,
        boolean negative) {}
