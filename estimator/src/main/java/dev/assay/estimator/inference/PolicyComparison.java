package dev.assay.estimator.inference;

/**
 * The first policy's mean reward minus the second's, one of several such differences.
 *
 * @param first              number of the policy, from 0; below the second's
 * @param test               with the interval that holds simultaneously with the others', and Z and p-value of this one alone
 * @param holm               Holm's adjusted p-value
 * @param maximum            adjusted p-value P(max |Z| ≥ |this Z|); use this or Holm's, not the smaller
 * @param estimationVariance δ̄ᵀΣδ̄, squared rewards
 * @param promptVariance     θᵀCov(δ)θ/m, squared rewards
 */
public record PolicyComparison(
        int first,
        int second,
        TestedDifference test,
        double holm,
        double maximum,
        double estimationVariance,
        double promptVariance) {
    /** Whether the interval leaves 0 out on the side where the first is better. */
    boolean firstBetter() {
        return test.interval().lower() > 0;
    }

    boolean secondBetter() {
        return test.interval().upper() < 0;
    }
}
