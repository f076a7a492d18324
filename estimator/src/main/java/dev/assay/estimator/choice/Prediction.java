package dev.assay.estimator.choice;

import dev.assay.estimator.algebra.Vector;
import java.util.List;
import java.util.Optional;

/** How well parameters predict judgments, which no fit should have seen. */
public final class Prediction {
    private final Parameters parameters;
    private final PlackettLuce model = new PlackettLuce();
    private double loss;
    private int count;
    private double right;
    private int decided;

    /**
     * @param logLoss mean of −log P(judgment), nats, a tie counting half for each side, a ranking as all its choices
     * @param accuracy share of judgments without a tie whose preferred response has the higher probability; of a ranking the
     *     share of its pairs
     */
    public record Quality(double logLoss, double accuracy) {}

    /** Of nothing yet. */
    public Prediction(Parameters parameters) {
        this.parameters = parameters;
    }

    /**
     * @param offset   ψ₀
     * @param context  ψ; size k of the parameters or more, of which the first k count
     * @param features φ of each response; size d of the parameters
     * @param ranks    of each response, 1 the best, equal ranks a tie
     */
    public void add(double offset, float[] context, List<Vector> features, int[] ranks) {
        double rationality = offset;
        for (int j = 0; j < parameters.rationality().size(); j++) {
            rationality += parameters.rationality().get(j) * context[j];
        }
        double[] logits = new double[features.size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = rationality * features.get(i).dot(parameters.reward());
        }
        loss -= model.logLikelihood(logits, ranks, ranks.length);
        count++;
        double share = rightShare(logits, ranks);
        if (share >= 0) {
            decided++;
            right += share;
        }
    }

    /** Empty where all judgments are ties. */
    public Optional<Quality> quality() {
        return decided == 0 ? Optional.empty() : Optional.of(new Quality(loss / count, right / decided));
    }

    /** Of the pairs of responses that are not tied, the share with the preferred one ahead; below 0 if all are tied. */
    private static double rightShare(double[] logits, int[] ranks) {
        double right = 0;
        int decided = 0;
        for (int i = 0; i < ranks.length; i++) {
            for (int j = 0; j < i; j++) {
                if (ranks[i] != ranks[j]) {
                    decided++;
                    double ahead = ranks[i] < ranks[j] ? logits[i] - logits[j] : logits[j] - logits[i];
                    right += ahead == 0 ? 0.5 : ahead > 0 ? 1 : 0;
                }
            }
        }
        return decided == 0 ? -1 : right / decided;
    }
}
