package dev.assay.service.roles;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the stages' meters are called outside, {@code assay.stage.thing.outcome}, and the bounds of their histograms. */
final class MeterNames {
    private static final Set<String> STAGES =
            Set.of("adapt", "admit", "collect", "descend", "publish", "quarantine", "role", "score", "serve", "watch");
    private static final String PREFIX = "assay.";

    /** Upper bounds of the buckets, in milliseconds. */
    private static final List<Double> REQUEST_MILLIS =
            List.of(0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 10_000.0);

    private static final List<Double> WORK_MILLIS =
            List.of(10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10_000.0, 30_000.0, 100_000.0, 1_000_000.0);

    private static final Map<String, List<Double>> HISTOGRAMS = Map.of(
            "assay.adapt.requests.answered", REQUEST_MILLIS,
            "assay.serve.requests.answered", REQUEST_MILLIS,
            "assay.admit.judgments.waited", WORK_MILLIS,
            "assay.descend.reruns.ended", WORK_MILLIS);

    private MeterNames() {}

    /**
     * Before the first meter is made.
     *
     * @param prefix of the deployment's topics
     */
    static void addTo(MeterRegistry.Config config, String prefix) {
        config.meterFilter(MeterFilter.deny(id -> isTwin(id, prefix)));
        config.meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                String stage = id.getName().split("\\.", 2)[0];
                return STAGES.contains(stage) ? id.withName(PREFIX + id.getName()) : id;
            }

            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig before) {
                List<Double> millis = HISTOGRAMS.get(id.getName());
                return millis == null
                        ? before
                        : DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(nanos(millis))
                                .build()
                                .merge(before);
            }
        });
    }

    /** Kafka's consumers still show each figure of a topic a second time, its name with underscores: sums would be doubled. */
    private static boolean isTwin(Meter.Id id, String prefix) {
        String topic = id.getTag("topic");
        return topic != null && topic.startsWith(prefix.replace('.', '_')) && !topic.startsWith(prefix);
    }

    private static double[] nanos(List<Double> millis) {
        return millis.stream()
                .mapToDouble(each -> each * Duration.ofMillis(1).toNanos())
                .toArray();
    }
}
