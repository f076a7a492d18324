package dev.assay.service.offline;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.choice.Prediction;
import dev.assay.streams.Deployment;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.JudgmentCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judgments that no fit has seen, and how well parameters predict them; null where there is nothing to predict. */
public final class HeldOut {
    private final List<StoredComparison> comparisons = new ArrayList<>();

    /** Encodes the judgments exactly as the stream encodes others. */
    public HeldOut(Deployment deployment, List<Judgment> judgments) {
        Admit admit = new Admit(
                deployment.contextSpec(),
                new RememberedFeatures(deployment.featureSpace(), RememberedFeatures.USUAL_CAPACITY));
        JudgmentCodec codec = new JudgmentCodec();
        for (Judgment judgment : judgments) {
            if (admit.admit(codec.encode(judgment)) instanceof Admission.Admitted admitted) {
                comparisons.add(admitted.comparison());
            }
        }
    }

    /** θ and γ as fitted. */
    public Prediction.@Nullable Quality of(Parameters parameters) {
        return quality(parameters, Vector::ofFloats);
    }

    /** θ alone, on all features. */
    public Prediction.@Nullable Quality ofReward(Vector reward) {
        return of(new Parameters(reward, Vector.zeros(0)));
    }

    /** θ of one feature alone. */
    public Prediction.@Nullable Quality ofFeature(Vector reward, int feature) {
        return quality(new Parameters(reward, Vector.zeros(0)), features -> Vector.of(features[feature]));
    }

    private Prediction.@Nullable Quality quality(Parameters parameters, Function<float[], Vector> features) {
        Prediction prediction = new Prediction(parameters);
        for (StoredComparison held : comparisons) {
            List<Vector> responses = held.responses().stream()
                    .map(response -> features.apply(response.features()))
                    .toList();
            prediction.add(held.context().offset(), held.context().features(), responses, held.ranks());
        }
        return prediction.quality().orElse(null);
    }
}
