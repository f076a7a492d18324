package dev.assay.service.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallTest {
    private final List<String> said = new ArrayList<>();
    private long seconds;
    private final Stall stall = new Stall(
            Duration.ofSeconds(10), said::add, () -> Duration.ofSeconds(seconds).toNanos());

    @Test
    void whatMovesIsNoStall() {
        for (int offset = 0; offset < 5; offset++) {
            lookAt(offset, "never");
            seconds += 9;
        }
        assertThat(said).isEmpty();
    }

    @Test
    void whatStandsStillForTenSecondsIsSaidOnceUntilTheReasonChanges() {
        for (int i = 0; i <= 40; i++) {
            lookAt(1, "nobody runs");
            seconds++;
        }
        assertThat(said).containsExactly("nobody runs");
        for (int i = 0; i <= 20; i++) {
            lookAt(1, "held back");
            seconds++;
        }
        assertThat(said).containsExactly("nobody runs", "held back");
    }

    private void lookAt(long state, String why) {
        stall.look(state, () -> why);
    }
}
