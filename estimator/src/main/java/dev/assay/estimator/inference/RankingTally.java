package dev.assay.estimator.inference;

import dev.assay.estimator.algebra.Scratch;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.choice.PlackettLuce;
import dev.assay.estimator.columns.RankingBlock;

/** What a ranking adds to the sums of its annotator: MODEL (18b) with the stages of (22). */
final class RankingTally {
    private static final int MOST = PlackettLuce.MOST_RESPONSES;

    private final double[] reward;
    private final double[] rationality;
    private final PlackettLuce model = new PlackettLuce();
    private final int[] ranks = new int[MOST];
    private final double[] logits = new double[MOST];
    private final double[] noLogits = new double[MOST];
    private double[] features = new double[0];

    RankingTally(Parameters at) {
        reward = at.reward().toArray();
        rationality = at.rationality().toArray();
    }

    /**
     * @param weight signed: below 0 to take the ranking out again
     * @param sums   in the order of {@link AnnotatorSums}
     */
    void add(RankingBlock block, int row, double weight, double[] sums) {
        int responses = block.responses();
        setLogits(block, row);
        block.ranks(row, ranks);
        sums[0] += weight;
        addAgreement(responses, weight, sums);
        model.compute(logits, ranks, responses);
        double score = score(responses);
        sums[3] += weight * score;
        sums[4] += weight * information(responses);
        sums[5] += weight * model.thirdCumulant();
        sums[6] += weight * score * score;
        model.compute(noLogits, ranks, responses);
        sums[7] += weight * score(responses);
        sums[8] += weight * information(responses);
    }

    private void setLogits(RankingBlock block, int row) {
        int d = reward.length;
        features = Scratch.atLeast(features, block.responses() * d);
        block.features(row, features);
        double sigma = block.rationality(row, rationality);
        for (int i = 0; i < block.responses(); i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                sum += reward[j] * features[i * d + j];
            }
            logits[i] = sigma * sum;
        }
    }

    private void addAgreement(int responses, double weight, double[] sums) {
        int decided = 0;
        int agreeing = 0;
        for (int i = 0; i < responses; i++) {
            for (int j = 0; j < i; j++) {
                double direction = Integer.signum(ranks[j] - ranks[i]) * Math.signum(logits[i] - logits[j]);
                decided += direction == 0 ? 0 : 1;
                agreeing += direction > 0 ? 1 : 0;
            }
        }
        if (decided > 0) {
            sums[1] += weight;
            sums[2] += weight * agreeing / decided;
        }
    }

    /** Σ_stages (u_chosen − ū). */
    private double score(int responses) {
        double sum = 0;
        for (int i = 0; i < responses; i++) {
            sum += model.residual(i) * logits[i];
        }
        return sum;
    }

    /** Σ_stages (Σ πu² − ū²). */
    private double information(int responses) {
        double sum = 0;
        for (int i = 0; i < responses; i++) {
            for (int j = 0; j < i; j++) {
                double difference = logits[i] - logits[j];
                sum += model.pairWeight(i, j) * difference * difference;
            }
        }
        return sum;
    }
}
