package dev.assay.service.serve.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private static final Instant T = Instant.parse("2026-11-28T12:00:00Z");

    private final RefusalLog log = new RefusalLog(5);

    @Test
    void theMostFrequentReasonComesFirstWithThePlaceOfItsNewest() {
        log.add(0, 3, T, "TOO_LONG");
        log.add(1, 7, T.plusSeconds(9), "UNDECODABLE");
        log.add(0, 4, T.plusSeconds(5), "UNDECODABLE"); // of another partition, later read but older
        log.add(0, 5, T.plusSeconds(1), null);
        assertThat(log.soFar())
                .isEqualTo(new Refusals(
                        4,
                        false,
                        java.util.List.of(
                                new Refusals.Reason("UNDECODABLE", 2, T.plusSeconds(9), "1@7"),
                                new Refusals.Reason("(none)", 1, T.plusSeconds(1), "0@5"),
                                new Refusals.Reason("TOO_LONG", 1, T, "0@3"))));
    }

    @Test
    void beyondTheBoundTheOldestCountNoMoreAndThatIsSaid() {
        log.countFrom(0, 0);
        for (int i = 0; i < 5; i++) {
            log.add(0, i, T.plusSeconds(i), i < 2 ? "TOO_LONG" : "UNDECODABLE");
        }
        assertThat(log.soFar().truncated()).isFalse();
        log.add(0, 5, T.plusSeconds(5), "UNDECODABLE");
        log.add(0, 6, T.plusSeconds(6), "UNDECODABLE");
        assertThat(log.soFar().total()).isEqualTo(5);
        assertThat(log.soFar().truncated()).isTrue();
        assertThat(log.soFar().reasons())
                .containsExactly(new Refusals.Reason("UNDECODABLE", 5, T.plusSeconds(6), "0@6"));
    }

    @Test
    void whatTheTopicHasForgottenCountsNoMore() {
        log.countFrom(0, 10); // there were older ones when counting began
        log.gone(Map.of(0, 4L, 1, 0L));
        log.add(0, 10, T, "TOO_LONG");
        log.add(0, 11, T, "TOO_LONG");
        log.add(1, 0, T, "TOO_LONG");
        assertThat(log.soFar().truncated()).isTrue();
        assertThat(log.gone(Map.of(0, 11L, 1, 0L))).isTrue();
        assertThat(log.soFar().total()).isEqualTo(2);
        assertThat(log.soFar().truncated()).isFalse();
        assertThat(log.gone(Map.of(0, 11L, 1, 0L))).isFalse();
        assertThat(log.gone(Map.of(0, 12L, 1, 1L))).isTrue();
        assertThat(log.soFar()).isEqualTo(Refusals.NONE);
    }

    @Test
    void strangeReasonsAreOfBoundedNumber() {
        RefusalLog large = new RefusalLog(10_000);
        for (int i = 0; i < 1000; i++) {
            large.add(0, i, T, "strange " + i);
        }
        assertThat(large.soFar().reasons()).hasSize(RefusalLog.MOST_REASONS);
        assertThat(large.soFar().reasons().get(0).reason()).isEqualTo("(other)");
        assertThat(large.soFar().reasons().get(0).count()).isEqualTo(1000 - 63);
    }
}
