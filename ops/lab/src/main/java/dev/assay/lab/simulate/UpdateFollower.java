package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitStatus;
import dev.assay.estimator.descent.ObservedInformation;
import dev.assay.estimator.descent.OneStep;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.RunningSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows a stream by one rule: sums kept up at the point of the last rerun, one step from there after every batch. */
final class UpdateFollower {
    private final UpdateRule rule;
    private final List<UpdatePoint> points = new ArrayList<>();
    private @Nullable RunningSum sum;
    private long countAtRerun;
    private int reruns;
    private int passes;
    private int missing;

    UpdateFollower(UpdateRule rule) {
        this.rule = rule;
    }

    /**
     * @param batch          what the store has more than at the last call
     * @param exact          the fit of all that is in the store
     * @param standardErrors of that fit
     */
    void follow(ComparisonStore store, ComparisonBlock batch, Fit exact, Vector standardErrors) {
        RunningSum running = sum;
        if (running == null) {
            rerun(Fitting.cold(store), store);
            return;
        }
        running.add(batch);
        Answer statistics = running.sum();
        int p = exact.parameters().dimension();
        Optional<OneStep> step = OneStep.of(running.at(), statistics);
        double drift = step.map(OneStep::drift).orElse(Double.POSITIVE_INFINITY);
        boolean due = rule.due(store.size(), countAtRerun, p, drift);
        if (UpdateRule.publishes(store.size(), p)) {
            Optional<UpdatePoint> point = step.map(one -> new UpdatePoint(
                    store.size(),
                    one.decrement() / Math.sqrt(statistics.weight() * p),
                    distance(one.parameters().joint(), exact, standardErrors),
                    distance(plain(running.at(), statistics), exact, standardErrors),
                    due));
            point.ifPresent(points::add);
            missing += point.isEmpty() && !due ? 1 : 0;
        }
        if (due) {
            rerun(Fitting.from(step.map(OneStep::parameters).orElse(running.at()), store), store);
        }
    }

    private void rerun(Fit fit, ComparisonStore store) {
        passes += fit.rounds();
        if (fit.converged()) {
            reruns++;
            countAtRerun = store.size();
            sum = RunningSum.over(fit.parameters(), store, 1);
            passes++;
        }
    }

    /** τ̂ + H⁻¹g, MODEL (8), in the parameters as they are. */
    private static Vector plain(Parameters at, Answer statistics) {
        Fit here = new Fit(FitStatus.CONVERGED, at, statistics, 0, 0, List.of());
        return Cholesky.of(ObservedInformation.of(here.information(), here.cross()))
                .or(() -> Cholesky.of(here.information()))
                .map(factor ->
                        at.joint().plus(factor.solve(statistics.statistics().score())))
                .orElse(at.joint());
    }

    private static double distance(Vector estimate, Fit exact, Vector standardErrors) {
        Vector difference = estimate.minus(exact.parameters().joint());
        double sum = 0;
        for (int i = 0; i < difference.size(); i++) {
            double errors = difference.get(i) / standardErrors.get(i);
            sum += errors * errors;
        }
        return Math.sqrt(sum / difference.size());
    }

    UpdateRule rule() {
        return rule;
    }

    /** After every batch from 100p on. */
    List<UpdatePoint> points() {
        return points;
    }

    /** The first fit among them. */
    int reruns() {
        return reruns;
    }

    /** Over the data: every round of every rerun, its moments and the sums at its end included. */
    int passes() {
        return passes;
    }

    /** Batches after which there was nothing to publish. */
    int missing() {
        return missing;
    }
}
