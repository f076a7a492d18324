package dev.assay.lab.simulate;

import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Centring;
import java.util.List;
import java.util.Optional;

/**
 * What so many judgments have taught of the responses held out.
 *
 * @param judgments    the first random ones included
 * @param width        mean width of the 95 % intervals of their rewards, by the default covariance
 * @param modelWidth   the same by the model's
 * @param centredWidth by the default's, rewards counted from the mean of the prompt's candidates
 * @param agreement    share of the intervals (default covariance) that contain the estimate from the whole pool
 * @param logLoss      of the votes on them, in nats
 * @param accuracy     on the votes on them, without ties
 */
record SuggestPoint(
        int judgments,
        double width,
        double modelWidth,
        double centredWidth,
        double agreement,
        double logLoss,
        double accuracy) {
    /**
     * @param whole rewards of the responses held out by a fit of the whole pool
     * @return empty if there is no estimate or no covariance
     */
    static Optional<SuggestPoint> of(int judgments, Fit fit, SuggestSplit split, List<Interval> whole) {
        Optional<Covariance> byDefault = Covariance.automatic(fit);
        Optional<Covariance> model = Covariance.model(fit);
        if (!fit.converged() || byDefault.isEmpty() || model.isEmpty()) {
            return Optional.empty();
        }
        Inference inference = new Inference(fit.parameters(), byDefault.get(), IntervalMethod.LEVEL);
        List<Interval> rewards = split.rewards(inference, Centring.FEATURE_SPACE);
        int agreeing = 0;
        for (int i = 0; i < rewards.size(); i++) {
            agreeing += rewards.get(i).contains(whole.get(i).estimate()) ? 1 : 0;
        }
        return Optional.of(new SuggestPoint(
                judgments,
                width(rewards),
                width(split.rewards(
                        new Inference(fit.parameters(), model.get(), IntervalMethod.LEVEL), Centring.FEATURE_SPACE)),
                width(split.rewards(inference, Centring.CANDIDATES)),
                agreeing / (double) rewards.size(),
                split.logLoss(fit.parameters()),
                split.accuracy(fit.parameters())));
    }

    private static double width(List<Interval> intervals) {
        return intervals.stream()
                .mapToDouble(interval -> interval.upper() - interval.lower())
                .average()
                .orElseThrow();
    }
}
