package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.inference.Covariance;
import dev.assay.service.offline.OfflineFit;
import dev.assay.service.topics.Coverage;
import dev.assay.service.topics.JudgmentWriter;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ParameterSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** What tests do with a deployment on a broker: judgments in, wait, and compare with a fit of the same on another way. */
final class JudgedStream {
    private static final long LOOK_EVERY_NANOS = 50_000_000;

    private JudgedStream() {}

    static void write(Deployment deployment, List<Judgment> judgments) throws Exception {
        try (JudgmentWriter writer = new JudgmentWriter(deployment)) {
            judgments.forEach(writer::write);
            writer.flush();
        }
    }

    /** The first snapshot that covers all that has been written. */
    static ParameterSnapshot settled(Deployment deployment, Duration patience) throws Exception {
        try (Coverage coverage = new Coverage(deployment)) {
            coverage.awaitAdmission(patience);
            return coverage.awaitSnapshot(patience);
        }
    }

    /** The largest distance of a parameter. */
    static double standardErrorsFromOffline(Deployment deployment, ParameterSnapshot snapshot) {
        var offline = OfflineFit.of(deployment).heterogeneous();
        var errors = Covariance.model(offline).orElseThrow().standardErrors();
        var apart = snapshot.parameters().joint().minus(offline.parameters().joint());
        return IntStream.range(0, errors.size())
                .mapToDouble(i -> Math.abs(apart.get(i)) / errors.get(i))
                .max()
                .orElseThrow();
    }

    /** Waits; whoever calls it has a {@code @Timeout}, which interrupts. */
    static void until(Callable<Boolean> so) throws Exception {
        while (!so.call()) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("it took too long")
                    .isFalse();
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
