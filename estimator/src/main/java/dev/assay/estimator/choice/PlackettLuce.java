package dev.assay.estimator.choice;

import dev.assay.estimator.algebra.Require;
import java.util.Arrays;

/**
 * A ranking as a sequence of choices, as functions of the logits u = σ θᵀφ of its responses: MODEL (22). Mutable and meant
 * to be used again and again; nothing is allocated by a ranking.
 *
 * <p>Ties: responses of one rank are a group. Each group in ascending rank is one stage, a choice among all responses not yet
 * placed in which every member is chosen with share 1/m; then the whole group leaves. The last group is no stage, as it says
 * nothing of the order within; only where all are tied it is one, with shares 1/K. For K = 2 this is the choice of MODEL
 * (1) with y = 1, 0 or ½.
 *
 * <p>The information is kept as weights of pairs, a_ij = Σ_stages π_i π_j: Σ_stages (Σ π u uᵀ − ū ūᵀ) = Σ_{i<j} a_ij
 * (u_i − u_j)(u_i − u_j)ᵀ. No two numbers of like size are ever subtracted, so that the little that is left of sure choices
 * keeps its digits.
 */
public final class PlackettLuce {
    /** Most responses of one ranking. */
    public static final int MOST_RESPONSES = 64;

    /** Fewest responses of one ranking. */
    public static final int FEWEST_RESPONSES = 2;

    private static final double FAR_BELOW = 300; // nats, within which e^(u − max) keeps its digits

    private final int[] order = new int[MOST_RESPONSES]; // responses by ascending rank
    private final double[] exponential = new double[MOST_RESPONSES]; // e^(u − reference), in that order
    private final double[] probability = new double[MOST_RESPONSES]; // of one stage
    private final double[] residual = new double[MOST_RESPONSES];
    private final double[][] pairs = new double[MOST_RESPONSES][MOST_RESPONSES]; // below the diagonal
    private final double[] contrastWeight = new double[MOST_RESPONSES];
    private int count;
    private double logLikelihood;
    private double minimumSignedMargin;
    private double thirdCumulant;

    /**
     * Log-likelihood alone, in nats; {@link #residual} and what follows it stay those of the last {@link #compute}.
     *
     * @param logits of each response
     * @param ranks  of each response, 1 the best, equal ranks a tie
     * @param responses K: so many entries of each are read
     */
    public double logLikelihood(double[] logits, int[] ranks, int responses) {
        sort(ranks, responses);
        return stages(logits, ranks, responses, false);
    }

    /** All there is to know of one ranking; parameters as of {@link #logLikelihood(double[], int[], int)}. */
    public void compute(double[] logits, int[] ranks, int responses) {
        sort(ranks, responses);
        count = responses;
        for (int i = 0; i < responses; i++) {
            residual[i] = 0;
            Arrays.fill(pairs[i], 0, i, 0);
        }
        minimumSignedMargin = Double.POSITIVE_INFINITY;
        thirdCumulant = 0;
        logLikelihood = stages(logits, ranks, responses, true);
    }

    /** Log-likelihood, in nats. */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Σ_stages (share chosen − π) of a response: the derivative of ℓ in its logit. They sum to 0. */
    public double residual(int response) {
        return residual[response];
    }

    /** a_ij = Σ_stages π_i π_j of two different responses, until {@link #eliminate}. */
    public double pairWeight(int i, int j) {
        return pairs[Math.max(i, j)][Math.min(i, j)];
    }

    /**
     * Least advantage of the chosen in any stage, in nats: over the best of the others, or, of several, of the least of them
     * over the best of all, which is never above 0. Above 0 it proves that this ranking is separated.
     */
    public double minimumSignedMargin() {
        return minimumSignedMargin;
    }

    /** Σ_stages Σ π (u − ū)³. */
    public double thirdCumulant() {
        return thirdCumulant;
    }

    /**
     * Writes Σ_{i<j} a_ij (e_i − e_j)(e_i − e_j)ᵀ as K − 1 terms {@code weight · c cᵀ} with contrasts {@code c_k = e_k − Σ_{j<k}
     * share_kj e_j}, by eliminating one response after the other: all numbers stay positive and none is subtracted. Takes the
     * place of {@link #pairWeight}.
     */
    public void eliminate() {
        for (int k = count - 1; k >= 1; k--) {
            double[] row = pairs[k];
            double total = 0;
            for (int j = 0; j < k; j++) {
                total += row[j];
            }
            contrastWeight[k] = total;
            if (total == 0) {
                continue;
            }
            for (int j = 0; j < k; j++) {
                row[j] /= total;
            }
            for (int i = 1; i < k; i++) {
                double along = row[i] * total;
                for (int j = 0; j < i; j++) {
                    pairs[i][j] += along * row[j];
                }
            }
        }
    }

    /** Weight of contrast k, 1 ≤ k < K, after {@link #eliminate}. */
    public double contrastWeight(int k) {
        return contrastWeight[k];
    }

    /** share_kj of contrast k, j < k, after {@link #eliminate}; they sum to 1 unless the weight is 0. */
    public double contrastShare(int k, int j) {
        return pairs[k][j];
    }

    private void sort(int[] ranks, int responses) {
        Require.that(
                responses >= FEWEST_RESPONSES && responses <= MOST_RESPONSES,
                "responses must be %s to %s, were %s",
                FEWEST_RESPONSES,
                MOST_RESPONSES,
                responses);
        for (int i = 0; i < responses; i++) {
            int at = i;
            for (; at > 0 && ranks[order[at - 1]] > ranks[i]; at--) {
                order[at] = order[at - 1];
            }
            order[at] = i;
        }
    }

    /** Goes through the stages, first to last; of its sums only ℓ unless all are wanted. */
    private double stages(double[] logits, int[] ranks, int responses, boolean all) {
        double sum = 0;
        double reference = Double.POSITIVE_INFINITY;
        for (int from = 0; from < responses; ) {
            int to = from + 1;
            while (to < responses && ranks[order[to]] == ranks[order[from]]) {
                to++;
            }
            if (to == responses && from > 0) {
                break;
            }
            int best = from;
            for (int i = from + 1; i < responses; i++) {
                best = logits[order[i]] > logits[order[best]] ? i : best;
            }
            double highest = logits[order[best]];
            if (reference - highest > FAR_BELOW) {
                reference = highest;
                for (int i = from; i < responses; i++) {
                    exponential[i] = Math.exp(logits[order[i]] - reference);
                }
            }
            double others = 0; // than the best
            for (int i = from; i < responses; i++) {
                others += i == best ? 0 : exponential[i];
            }
            double chosen = 0;
            for (int i = from; i < to; i++) {
                chosen += logits[order[i]] - highest;
            }
            // The first is exactly 0 for a sure and right choice, and the small rest keeps its digits.
            sum += chosen / (to - from) - Math.log1p(others / exponential[best]);
            if (all) {
                double total = others + exponential[best];
                for (int i = from; i < responses; i++) {
                    probability[i] = exponential[i] / total;
                }
                addStage(logits, from, to, responses);
            }
            from = to;
        }
        return sum;
    }

    private void addStage(double[] logits, int from, int to, int end) {
        double inside = 0;
        for (int i = from; i < to; i++) {
            inside += probability[i];
        }
        double outside = 0;
        for (int i = to; i < end; i++) {
            outside += probability[i];
            residual[order[i]] -= probability[i];
        }
        int chosen = to - from;
        for (int i = from; i < to; i++) {
            // 1/m − π, not computed as that difference: with one chosen it is the sum of the others' probabilities.
            residual[order[i]] += outside / chosen + (chosen == 1 ? 0 : inside / chosen - probability[i]);
        }
        for (int i = from; i < end; i++) {
            for (int j = from; j < i; j++) {
                int first = order[i];
                int second = order[j];
                pairs[Math.max(first, second)][Math.min(first, second)] += probability[i] * probability[j];
            }
        }
        addShape(logits, from, to, end);
    }

    private void addShape(double[] logits, int from, int to, int end) {
        double base = logits[order[from]];
        double mean = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = from; i < end; i++) {
            double logit = logits[order[i]];
            mean += probability[i] * (logit - base);
            least = i < to ? Math.min(least, logit) : least;
            most = i >= to || to - from > 1 ? Math.max(most, logit) : most;
        }
        for (int i = from; i < end; i++) {
            double deviation = logits[order[i]] - base - mean;
            thirdCumulant += probability[i] * deviation * deviation * deviation;
        }
        minimumSignedMargin = Math.min(minimumSignedMargin, least - most);
    }
}
