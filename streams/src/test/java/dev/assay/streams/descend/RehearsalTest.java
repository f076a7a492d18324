package dev.assay.streams.descend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Method;
import dev.assay.streams.collect.ShardShape;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RehearsalTest {
    private static final RerunSchedule SCHEDULE =
            new RerunSchedule(1_000_000, 0.1, 1.3, 2, 0, Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** However many judgments a deployment waits for. */
    @ParameterizedTest
    @EnumSource(Method.class)
    void aRerunAndUpdatesAreRehearsedByEveryDescent(Method method) {
        assertThat(played(method, 8)).isGreaterThan(100);
    }

    @Test
    void whereItWouldTakeLongerThanItSavesNothingIsRehearsed() {
        assertThat(played(Method.ALTERNATING, 1024)).isZero();
    }

    private static int played(Method method, int d) {
        CoordinatorSettings settings =
                new CoordinatorSettings(method, FitConfig.DEFAULTS, SCHEDULE, Duration.ofMillis(100), d, 2);
        return Rehearsal.play(settings, new ShardShape(d, 2, "space", "spec"));
    }
}
