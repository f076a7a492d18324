package dev.assay.service.serve.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.serve.dashboard.Activity.Kind;
import dev.assay.service.serve.dashboard.Activity.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionLogTest {
    private static final Instant T = Instant.parse("2026-11-28T12:00:00Z");

    private final VersionLog log = new VersionLog();

    @Test
    void ofADayOfUpdatesTheLastMinuteIsThereInFullAndTheWholeDayInOutline() {
        int updates = 86_400;
        for (int i = 1; i <= updates; i++) {
            log.add(version(i, i % 3600 == 0 ? Kind.RERUN : Kind.INCREMENTAL));
        }
        List<Version> kept = log.all();
        assertThat(kept).hasSize(VersionLog.MOST);
        assertThat(kept.get(0).number()).isEqualTo(1);
        assertThat(kept.get(299).number()).isEqualTo(updates);
        for (int i = 1; i < kept.size(); i++) {
            double gap = gap(kept.get(i - 1), kept.get(i));
            // Evenly by the logarithm of the age, 300 points over 86,400 seconds are 4 % of the age apart, and at least
            // a
            // second; four times that leaves room for what is yet to be left out, and for hourly reruns.
            assertThat(gap).isLessThan(2 + 0.16 * gap(kept.get(i - 1), kept.get(299)));
        }
        assertThat(kept.stream().filter(one -> one.kind() == Kind.RERUN)).hasSize(24);
    }

    private static double gap(Version from, Version to) {
        return Duration.between(from.publishedAt(), to.publishedAt()).toMillis() / 1000.0;
    }

    @Test
    void whoKnowsLessDoesNotReplaceWhoKnowsMore() {
        log.add(version(1, Kind.RERUN));
        log.add(new Version(1, Kind.ROLLBACK, null, 0, T));
        assertThat(log.all()).containsExactly(version(1, Kind.RERUN));
        log.add(new Version(1, Kind.INCREMENTAL, 7L, 0.5, T));
        assertThat(log.all()).containsExactly(new Version(1, Kind.INCREMENTAL, 7L, 0.5, T));
    }

    @Test
    void versionsAreInTheirOrderWhateverOrderTheyAreHeardOfIn() {
        log.add(version(3, Kind.INCREMENTAL));
        log.add(version(1, Kind.RERUN));
        log.add(version(2, Kind.INCREMENTAL));
        assertThat(log.all()).extracting(Version::number).containsExactly(1L, 2L, 3L);
    }

    private static Version version(int number, Kind kind) {
        return new Version(number, kind, (long) number, 0, T.plusSeconds(number));
    }
}
