package dev.assay.lab.evidence;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.streams.Deployment;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The fit of what should be there, in this process and of judgments no topic has seen, in float64 from float32 features. */
public final class ExpectedFit {
    private final Fit fit;

    private ExpectedFit(Fit fit) {
        this.fit = fit;
    }

    public static ExpectedFit of(ExpectedSet expected, Deployment deployment) {
        int d = deployment.shape().rewardDimension();
        int k = deployment.shape().rationalityDimension();
        DoubleComparisonStore store = new DoubleComparisonStore(d, k);
        Map<String, Integer> annotators = new HashMap<>();
        expected.standing().forEach((key, judgment) -> {
            String annotatorId = key.getAnnotatorId();
            if (judgment.responses().size() != 2) {
                throw new IllegalStateException("the harness makes pairs, judgment " + judgment.judgmentId() + " has "
                        + judgment.responses().size() + " responses");
            }
            store.add(
                    comparison(judgment, deployment),
                    annotatorId == null
                            ? ComparisonBlock.OWN_CLUSTER
                            : annotators.computeIfAbsent(annotatorId, unseen -> annotators.size()));
        });
        return new ExpectedFit(
                new AlternatingDescent(FitConfig.DEFAULTS).fit(Start.cold(d, k), List.of(new StoreShard(store))));
    }

    /** @return the largest difference of a parameter, in standard errors by the model; infinite where there is no fit */
    public double standardErrorsFrom(Parameters published) {
        return Covariance.model(fit)
                .map(covariance -> {
                    Vector errors = covariance.standardErrors();
                    Vector apart = published.joint().minus(fit.parameters().joint());
                    return IntStream.range(0, errors.size())
                            .mapToDouble(i -> Math.abs(apart.get(i)) / errors.get(i))
                            .max()
                            .orElse(0);
                })
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static Comparison comparison(Judgment judgment, Deployment deployment) {
        ContextFeatures context = context(judgment, deployment);
        float[] first = featuresOf(judgment, 0);
        float[] second = featuresOf(judgment, 1);
        float[] difference = new float[first.length];
        for (int j = 0; j < difference.length; j++) {
            difference[j] = first[j] - second[j];
        }
        int order = judgment.ranking().get(0) - judgment.ranking().get(1);
        return new Comparison(
                context.offset(),
                Vector.ofFloats(context.context()),
                Vector.ofFloats(difference),
                order < 0 ? 1 : order > 0 ? 0 : 0.5,
                judgment.weight());
    }

    public static float[] featuresOf(Judgment judgment, int response) {
        float[] features = judgment.responses().get(response).features();
        return features == null ? new float[0] : features;
    }

    public static ContextFeatures context(Judgment judgment, Deployment deployment) {
        try {
            return deployment.contextSpec().encode(judgment.occasion().context());
        } catch (Refusal e) {
            throw new IllegalStateException("the harness made a judgment that is not admissible", e);
        }
    }
}
