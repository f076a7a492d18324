package dev.assay.streams.descend;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.OneStep;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.sums.Answer;
import dev.assay.streams.model.Linearisation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The estimates between two reruns: the Newton step of MODEL (8) from the shards' statistics, at a bounded rate. */
final class Updates {
    private static final double LEAST_PER_PARAMETER = 100; // judgments for a one-step estimate: MODEL §6
    private static final double FARTHEST = 1; // standard errors; beyond it the quadratic model of ℓ tells nothing

    private final Duration interval;
    private long madeAtMillis;
    private List<Long> offsets = List.of();
    private @Nullable OneStep newest;

    /** @param interval between two updates at least */
    Updates(Duration interval) {
        this.interval = interval;
    }

    /** Takes the step if there is something new; the update is empty where it is not to be published. */
    Optional<Update> make(Linearisation at, Shards shards, long nowMillis) {
        Optional<Answer> sum = shards.sum();
        if (sum.isEmpty() || shards.updateOffsets().equals(offsets) || nowMillis - madeAtMillis < leastPause(shards)) {
            return Optional.empty();
        }
        madeAtMillis = nowMillis;
        shards.taken();
        offsets = shards.updateOffsets();
        newest = OneStep.of(at.point(), sum.get()).orElse(null);
        return newest == null
                        || newest.drift() > FARTHEST
                        || sum.get().weight() < LEAST_PER_PARAMETER * at.point().dimension()
                ? Optional.empty()
                : Optional.of(new Update(sum.get(), newest, offsets));
    }

    /**
     * Shards report at about the same time: once the last of them has, waiting brings nothing. Where some have nothing to
     * report, the others are not waited for longer than the interval.
     */
    private long leastPause(Shards shards) {
        return shards.allFresh() ? interval.toMillis() / 2 : interval.toMillis();
    }

    /** What was known up to those offsets needs no update; the next makes one in any case where there are none. */
    void covered(List<Long> known) {
        offsets = known;
    }

    /** An exact estimate took their place. */
    void superseded() {
        newest = null;
    }

    /** Of the newest step from the exact maximum, in standard errors; 0 where there is none. */
    double drift() {
        return newest == null ? 0 : newest.drift();
    }

    /** The newest step as a start; empty where it is not to be trusted. */
    Optional<Start> start() {
        return newest == null || newest.drift() > FARTHEST
                ? Optional.empty()
                : Optional.of(Start.warm(newest.parameters()));
    }

    /** From the newest step to the fit, root mean square in standard errors; negative where one is missing. */
    double gap(Fit fit) {
        if (newest == null || !fit.converged()) {
            return -1;
        }
        Vector difference = newest.parameters().joint().minus(fit.parameters().joint());
        return Math.sqrt(Math.max(0, fit.information().quadraticForm(difference)) / difference.size());
    }
}
