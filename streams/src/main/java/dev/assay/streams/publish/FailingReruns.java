package dev.assay.streams.publish;

import dev.assay.estimator.descent.FitStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** How many reruns have ended without an estimate since the last that had one: gauge {@code publish.reruns.failing}. */
public final class FailingReruns {
    private static final String NAME = "publish.reruns.failing";
    private static final String REASON = "reason";

    private final Map<FitStatus, AtomicInteger> byReason = new EnumMap<>(FitStatus.class);
    private int onEnd;

    FailingReruns(MeterRegistry meters) {
        for (FitStatus status : FitStatus.values()) {
            if (status != FitStatus.CONVERGED) {
                AtomicInteger count = new AtomicInteger();
                byReason.put(status, count);
                // The processor is made anew when its partition comes back, and a gauge keeps what it was first given.
                gauges(meters)
                        .filter(gauge -> status.name().equals(gauge.getId().getTag(REASON)))
                        .toList()
                        .forEach(meters::remove);
                Gauge.builder(NAME, count, AtomicInteger::get)
                        .tag(REASON, status.name())
                        .strongReference(true)
                        .register(meters);
            }
        }
    }

    /** A rerun has ended so; the newest reason stands for all since the last estimate. */
    void ended(FitStatus status) {
        int failing = status == FitStatus.CONVERGED ? 0 : onEnd + 1;
        none();
        onEnd = failing;
        if (failing > 0) {
            Objects.requireNonNull(byReason.get(status)).set(failing);
        }
    }

    /** None that are known here. */
    void none() {
        onEnd = 0;
        byReason.values().forEach(count -> count.set(0));
    }

    /**
     * What is wrong, in words.
     *
     * @param least from how many on
     * @return such as {@code rerun failed 3 times: RANK_DEFICIENT}; empty: fewer have failed
     */
    public static Optional<String> said(MeterRegistry meters, int least) {
        return gauges(meters)
                .filter(gauge -> gauge.value() >= least)
                .findFirst()
                .map(gauge -> "rerun failed " + Math.round(gauge.value()) + " times: "
                        + gauge.getId().getTag(REASON));
    }

    /** A registry may call it by a longer name. */
    private static Stream<Gauge> gauges(MeterRegistry meters) {
        return meters.getMeters().stream()
                .filter(meter ->
                        meter instanceof Gauge && meter.getId().getName().endsWith(NAME))
                .map(Gauge.class::cast);
    }
}
