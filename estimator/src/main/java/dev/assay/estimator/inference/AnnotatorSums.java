package dev.assay.estimator.inference;

/**
 * One annotator's judgments against their estimated margins m, as sums that add: MODEL (18b).
 *
 * @param judgments         Σw
 * @param decided           Σw of those that are no ties and have m ≠ 0
 * @param agreeing          Σw of those decided in the margin's direction
 * @param score             Σ w (y−π) m, slope of the log-likelihood in the multiplier at 1
 * @param information       Σ w π(1−π) m², its variance there
 * @param thirdCumulant     Σ w π(1−π)(1−2π) m³, its third cumulant there, never above 0
 * @param scoreAtZero       Σ w (y−½) m, the slope at multiplier 0, of an annotator who guesses
 * @param informationAtZero Σ w m²/4, its variance there
 */
public record AnnotatorSums(
        double judgments,
        double decided,
        double agreeing,
        double score,
        double information,
        double thirdCumulant,
        double scoreAtZero,
        double informationAtZero) {
    public AnnotatorSums plus(AnnotatorSums other) {
        return new AnnotatorSums(
                judgments + other.judgments,
                decided + other.decided,
                agreeing + other.agreeing,
                score + other.score,
                information + other.information,
                thirdCumulant + other.thirdCumulant,
                scoreAtZero + other.scoreAtZero,
                informationAtZero + other.informationAtZero);
    }
}
