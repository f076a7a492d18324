package dev.assay.estimator.inference;

/**
 * One annotator's judgments against their estimated margins m, as sums that add: MODEL (18b). Of a ranking, with logits u in
 * the place of margins, every sum over its stages: score Σ w (u_chosen − ū), information Σ w (Σ πu² − ū²). Agreement is counted in
 * pairs of responses, all those of one ranking together as one judgment.
 *
 * @param judgments     Σw
 * @param decided       Σw of those that are no ties and have m ≠ 0
 * @param agreeing      Σw of those decided in the margin's direction
 * @param slope         Σ w (y−π) m, of the log-likelihood in the multiplier at 1, with Σ w π(1−π) m²
 * @param thirdCumulant Σ w π(1−π)(1−2π) m³, its third cumulant there; of pairs never above 0
 * @param squaredScores Σ w (y−π)² m²: where judgments are as spread as the model says, as large as the information
 * @param atZero        Σ w (y−½) m, the slope at multiplier 0, of an annotator who guesses, with Σ w m²/4
 */
public record AnnotatorSums(
        double judgments,
        double decided,
        double agreeing,
        Slope slope,
        double thirdCumulant,
        double squaredScores,
        Slope atZero) {
    /** A slope and its variance. */
    public record Slope(double score, double information) {
        Slope plus(Slope other) {
            return new Slope(score + other.score, information + other.information);
        }
    }

    public AnnotatorSums plus(AnnotatorSums other) {
        return new AnnotatorSums(
                judgments + other.judgments,
                decided + other.decided,
                agreeing + other.agreeing,
                slope.plus(other.slope),
                thirdCumulant + other.thirdCumulant,
                squaredScores + other.squaredScores,
                atZero.plus(other.atZero));
    }
}
