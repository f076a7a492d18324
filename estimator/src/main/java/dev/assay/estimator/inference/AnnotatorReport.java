package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.AnnotatorEstimate.Flag;
import dev.assay.estimator.inference.AnnotatorEstimate.Multiplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.commons.math3.special.Gamma;

/**
 * All annotators with their multipliers and flags: MODEL (18b). Both flags are score tests, at multiplier 1 and at 0, so that
 * nobody's p-value needs a fit of their own; each kind keeps its own false discovery rate (Benjamini and Hochberg). θ̂ and γ̂ count
 * as known.
 *
 * @param multiplierVariance v̂, variance of multipliers between annotators beyond chance, by moments (DerSimonian and Laird
 *                          1986); at least 0
 * @param falseDiscoveryRate expected share of wrong flags among those of each kind
 * @param annotators        by ascending number
 */
public record AnnotatorReport(
        double multiplierVariance, double falseDiscoveryRate, List<AnnotatorEstimate> annotators) {
    /** Of each kind of flag, by custom. */
    public static final double USUAL_RATE = 0.05;

    private static final double LEAST_SKEWNESS = 1e-3; // less changes no p-value by as much as a percent

    public AnnotatorReport {
        annotators = List.copyOf(annotators);
    }

    /**
     * @param tally              at the estimate, over the judgments it comes from
     * @param falseDiscoveryRate above 0 and below 1
     */
    public static AnnotatorReport of(AnnotatorTally tally, double falseDiscoveryRate) {
        Require.that(
                falseDiscoveryRate > 0 && falseDiscoveryRate < 1,
                "false discovery rate must be above 0 and below 1, was %s",
                falseDiscoveryRate);
        List<Integer> numbers = List.copyOf(tally.annotators().keySet());
        List<AnnotatorSums> sums = List.copyOf(tally.annotators().values());
        double[] below = new double[sums.size()];
        double[] negative = new double[sums.size()];
        for (int i = 0; i < below.length; i++) {
            below[i] = lowerTail(
                    sums.get(i).slope().score(),
                    sums.get(i).slope().information(),
                    sums.get(i).thirdCumulant());
            negative[i] =
                    lowerTail(sums.get(i).atZero().score(), sums.get(i).atZero().information(), 0);
        }
        Vector belowAdjusted = MultipleTests.benjaminiHochberg(Vector.of(below));
        Vector negativeAdjusted = MultipleTests.benjaminiHochberg(Vector.of(negative));
        double spread = spread(sums);
        List<AnnotatorEstimate> estimates = new ArrayList<>();
        for (int i = 0; i < below.length; i++) {
            estimates.add(estimate(
                    Map.entry(numbers.get(i), sums.get(i)),
                    spread,
                    belowAdjusted.get(i),
                    negativeAdjusted.get(i),
                    falseDiscoveryRate));
        }
        return new AnnotatorReport(spread, falseDiscoveryRate, estimates);
    }

    private static AnnotatorEstimate estimate(
            Map.Entry<Integer, AnnotatorSums> annotator,
            double spread,
            double belowPValue,
            double negativePValue,
            double rate) {
        AnnotatorSums sums = annotator.getValue();
        boolean known = sums.slope().information() > 0;
        double u = known ? sums.slope().score() / sums.slope().information() : 0;
        double variance = known ? 1 / sums.slope().information() : Double.POSITIVE_INFINITY;
        return new AnnotatorEstimate(
                annotator.getKey(),
                sums.judgments(),
                sums.decided() > 0 ? OptionalDouble.of(sums.agreeing() / sums.decided()) : OptionalDouble.empty(),
                new Multiplier(1 + u, Math.sqrt(variance), spread > 0 ? 1 + u * spread / (spread + variance) : 1),
                Flag.at(rate, belowPValue),
                Flag.at(rate, negativePValue));
    }

    /**
     * P(S ≤ score) under the hypothesis; ½ where nothing is known. One surprising answer to a clear question counts for much,
     * so that S is skewed to the left: a normal S would flag somebody among a hundred good annotators with 20 judgments in
     * four runs of ten. A gamma distribution of the same three cumulants has the longer tail.
     */
    private static double lowerTail(double score, double variance, double thirdCumulant) {
        if (!(variance > 0)) {
            return 0.5;
        }
        double statistic = score / Math.sqrt(variance);
        double skewness = thirdCumulant / variance / Math.sqrt(variance);
        if (skewness > -LEAST_SKEWNESS) {
            return ReferenceDistribution.of(Double.POSITIVE_INFINITY).cumulativeProbability(statistic);
        }
        double shape = 4 / (skewness * skewness);
        double place = shape - statistic * Math.sqrt(shape);
        return place > 0 ? Gamma.regularizedGammaQ(shape, place) : 1;
    }

    // Q = Σ I(u − ū)² has mean f(A − 1) + v(ΣI − ΣI²/ΣI) over A annotators with precisions I = 1/se². f is how spread
    // the
    // judgments are beside the model: ties are nearer to π than any answer, and with a fifth of them f is 0.8. Taking f
    // for
    // 1 would then hide any spread between annotators of few judgments.
    private static double spread(List<AnnotatorSums> sums) {
        double annotators = 0;
        double precision = 0;
        double squaredPrecision = 0;
        double scores = 0;
        double squaredScores = 0;
        for (AnnotatorSums each : sums) {
            if (each.slope().information() > 0) {
                annotators++;
                precision += each.slope().information();
                squaredPrecision += each.slope().information() * each.slope().information();
                scores += each.slope().score();
                squaredScores += each.squaredScores();
            }
        }
        if (annotators < 2) {
            return 0;
        }
        double q = 0;
        for (AnnotatorSums each : sums) {
            if (each.slope().information() > 0) {
                double deviation = each.slope().score() / each.slope().information() - scores / precision;
                q += each.slope().information() * deviation * deviation;
            }
        }
        double expected = Math.min(1, squaredScores / precision) * (annotators - 1);
        return Math.max(0, (q - expected) / (precision - squaredPrecision / precision));
    }
}
