package dev.assay.streams.collect;

/**
 * What the comparisons of a deployment look like.
 *
 * @param rewardDimension d
 * @param rationalityDimension k
 * @param featureSpace id of the feature space
 * @param contextSpec id of the context spec
 */
public record ShardShape(int rewardDimension, int rationalityDimension, String featureSpace, String contextSpec) {
    /** @return p = d + k */
    public int parameters() {
        return rewardDimension + rationalityDimension;
    }
}
