package dev.assay.cli.demo;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.choice.PlackettLuce;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.JudgmentCodec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judgments that no fit has seen, in numbers, and how well parameters predict them. */
public final class HeldOut {
    private final List<StoredComparison> comparisons = new ArrayList<>();
    private final PlackettLuce model = new PlackettLuce();

    /** Encodes the campaign's held-out judgments exactly as the stream encodes the others. */
    HeldOut(DemoCampaign campaign) {
        var deployment = campaign.deployment();
        Admit admit = new Admit(
                deployment.contextSpec(),
                new RememberedFeatures(deployment.featureSpace(), RememberedFeatures.USUAL_CAPACITY));
        JudgmentCodec codec = new JudgmentCodec();
        for (var judgment : campaign.heldOut()) {
            if (admit.admit(codec.encode(judgment)) instanceof Admission.Admitted admitted) {
                comparisons.add(admitted.comparison());
            }
        }
    }

    /**
     * How well a model predicts.
     *
     * @param logLoss mean of −log P(judgment), nats, a tie counting half for each side, a ranking as all its choices
     * @param accuracy share of judgments without a tie whose preferred response has the higher probability; of a ranking the
     *     share of its pairs
     */
    record Quality(double logLoss, double accuracy) {}

    /** θ and γ as fitted. */
    @Nullable
    Quality of(Parameters parameters) {
        return quality(parameters, -1);
    }

    /** θ alone, on all features. */
    @Nullable
    Quality ofReward(Vector reward) {
        return quality(new Parameters(reward, Vector.zeros(0)), -1);
    }

    /** θ of one feature alone. */
    @Nullable
    Quality ofFeature(Vector reward, int feature) {
        return quality(new Parameters(reward, Vector.zeros(0)), feature);
    }

    private @Nullable Quality quality(Parameters parameters, int onlyFeature) {
        double loss = 0;
        double right = 0;
        int decided = 0;
        for (StoredComparison held : comparisons) {
            double[] logits = logits(held, parameters, onlyFeature);
            int[] ranks = held.ranks();
            loss -= model.logLikelihood(logits, ranks, ranks.length);
            double share = rightShare(logits, ranks);
            if (share >= 0) {
                decided++;
                right += share;
            }
        }
        return decided == 0 ? null : new Quality(loss / comparisons.size(), right / decided);
    }

    private static double[] logits(StoredComparison held, Parameters parameters, int onlyFeature) {
        double rationality = held.context().offset();
        for (int j = 0; j < parameters.rationality().size(); j++) {
            rationality += parameters.rationality().get(j) * held.context().features()[j];
        }
        double[] logits = new double[held.responses().size()];
        for (int i = 0; i < logits.length; i++) {
            float[] features = held.responses().get(i).features();
            Vector used = onlyFeature < 0 ? Vector.ofFloats(features) : Vector.of(features[onlyFeature]);
            logits[i] = rationality * used.dot(parameters.reward());
        }
        return logits;
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
