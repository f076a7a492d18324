package dev.assay.cli;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.streams.adapt.JudgmentCodec;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judgments that no fit has seen, in numbers, and how well parameters predict them. */
final class HeldOut {
    private final List<Comparison> comparisons = new ArrayList<>();

    /** Encodes the campaign's held-out judgments exactly as the stream encodes the others. */
    HeldOut(DemoCampaign campaign) {
        var deployment = campaign.deployment();
        Admit admit = new Admit(
                deployment.contextSpec(),
                new dev.assay.streams.admit.RememberedFeatures(deployment.featureSpace(), 10_000));
        JudgmentCodec codec = new JudgmentCodec();
        for (var judgment : campaign.heldOut()) {
            if (admit.admit(codec.encode(judgment)) instanceof Admission.Admitted admitted) {
                var comparison = admitted.comparison();
                comparisons.add(new Comparison(
                        comparison.offset(),
                        Vector.ofFloats(comparison.context()),
                        Vector.ofFloats(comparison.difference()),
                        comparison.preference(),
                        1));
            }
        }
    }

    /**
     * How well a model predicts.
     *
     * @param logLoss mean of −log P(judgment), nats, a tie counting half for each side
     * @param accuracy share of judgments without a tie whose preferred response has the higher probability
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
        for (Comparison held : comparisons) {
            double margin = reduced(held, parameters, onlyFeature).margin(parameters);
            loss -= ChoiceModel.logLikelihood(margin, held.preference());
            if (held.preference() != 0.5) {
                decided++;
                right += margin == 0 ? 0.5 : (margin > 0) == (held.preference() == 1) ? 1 : 0;
            }
        }
        return decided == 0 ? null : new Quality(loss / comparisons.size(), right / decided);
    }

    private static Comparison reduced(Comparison held, Parameters parameters, int onlyFeature) {
        return new Comparison(
                held.offset(),
                parameters.rationality().size() == 0 ? Vector.zeros(0) : held.context(),
                onlyFeature < 0
                        ? held.difference()
                        : Vector.of(held.difference().get(onlyFeature)),
                held.preference(),
                1);
    }
}
