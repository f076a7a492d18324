package dev.assay.streams.score;

import dev.assay.streams.model.ParameterSnapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot that requests are answered from. Versions only grow: what is not newer is refused, be it late, repeated or
 * rolled back. Whoever answers takes {@link #get} once, so that no answer mixes two.
 */
public final class NewestModel {
    private final Counter taken;
    private final Counter refused;
    private volatile @Nullable ScoringModel newest;

    /**
     * @param meters counts {@code score.snapshots.taken} and {@code score.snapshots.refused}, shows {@code
     *     score.snapshot.version}, {@code .judgments}, {@code .drift} in standard errors, and {@code .age}; NaN before the first
     */
    public NewestModel(MeterRegistry meters) {
        taken = meters.counter("score.snapshots.taken");
        refused = meters.counter("score.snapshots.refused");
        meters.gauge("score.snapshot.version", this, NewestModel::version);
        meters.gauge("score.snapshot.judgments", this, of(one -> one.sums().judgments()));
        meters.gauge("score.snapshot.drift", this, of(one -> one.quality().drift()));
        TimeGauge.builder(
                        "score.snapshot.age",
                        this,
                        TimeUnit.MILLISECONDS,
                        of(snapshot -> meters.config().clock().wallTime()
                                - snapshot.origin().publishedAt().toEpochMilli()))
                .register(meters);
    }

    private static ToDoubleFunction<NewestModel> of(ToDoubleFunction<ParameterSnapshot> figure) {
        return model -> model.get()
                .map(ScoringModel::snapshot)
                .map(figure::applyAsDouble)
                .orElse(Double.NaN);
    }

    /** @return what to answer from; empty before the first snapshot */
    public Optional<ScoringModel> get() {
        return Optional.ofNullable(newest);
    }

    /** @return the version answered from; 0 before the first */
    public long version() {
        ScoringModel model = newest;
        return model == null ? 0 : model.snapshot().version();
    }

    /**
     * Requests from now on are answered from this one, as soon as it is prepared; those under way go on with theirs.
     *
     * @return false if it is not newer than what is there
     */
    public synchronized boolean offer(ParameterSnapshot snapshot) {
        if (snapshot.version() <= version()) {
            refused.increment();
            return false;
        }
        newest = ScoringModel.of(snapshot);
        taken.increment();
        return true;
    }
}
