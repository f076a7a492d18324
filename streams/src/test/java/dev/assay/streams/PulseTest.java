package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What is said of a role after so many seconds of this and that; looks are two seconds apart. */
class PulseTest {
    private static final Duration POLL_INTERVAL = Duration.ofMinutes(2);
    private static final String ONE = "estimator-StreamThread-1";
    private static final String OTHER = "estimator-StreamThread-2";

    private final Pulse pulse = new Pulse(POLL_INTERVAL);
    private final Map<String, Look.Work> threads = new HashMap<>();
    private int seconds;
    private boolean failed;
    private Duration dying = Duration.ZERO;
    private OptionalDouble lag = OptionalDouble.of(0);

    PulseTest() {
        threads.put(ONE, new Look.Work(0, 0, 0));
        threads.put(OTHER, new Look.Work(0, 0, 0));
    }

    @Test
    void whoPollsProcessesAndCommitsLives() {
        pass(600, () -> {
            work(ONE, 1, 100, 1);
            work(OTHER, 1, 0, 0);
        });

        assertThat(pulse.dead()).isEmpty();
        assertThat(pulse.wrong()).isEmpty();
    }

    @Test
    void whoHasNothingToDoLives() {
        pass(3600, this::bothPoll);
        assertThat(pulse.wrong()).isEmpty();

        // And the first records after an hour are no sign of anything, before they are processed and before they are
        // committed.
        lag = OptionalDouble.of(5);
        pass(2, this::bothPoll);
        assertThat(pulse.wrong()).isEmpty();
        lag = OptionalDouble.of(0);
        pass(2, () -> work(ONE, 1, 5, 0));
        assertThat(pulse.wrong()).isEmpty();
    }

    @Test
    void brokersThatAreAwayForTenMinutesKillNobody() {
        lag = OptionalDouble.of(700);
        pass(60, () -> {
            work(ONE, 1, 100, 1);
            work(OTHER, 1, 100, 1);
        });

        // The last records wait for their commit, which waits a minute for the brokers, again and again.
        pass(2, () -> work(ONE, 1, 100, 0));
        for (int minute = 0; minute < 10; minute++) {
            pass(58, () -> {});
            pass(2, this::bothPoll);
        }

        assertThat(pulse.dead()).isEmpty();
    }

    @Test
    void aThreadThatStandsStillIsDeadAfterTwiceThePollInterval() {
        pass(240, () -> work(ONE, 1, 1, 1));
        assertThat(pulse.dead()).isEmpty();

        pass(4, () -> work(ONE, 1, 1, 1));

        assertThat(pulse.dead()).containsExactly(OTHER + " has not asked for records for 242 s");
    }

    @Test
    void withoutAThreadForHalfAMinuteTheThreadsAreDead() {
        pass(10, this::bothPoll);
        threads.clear();

        pass(30, () -> {});
        assertThat(pulse.dead()).isEmpty();
        assertThat(pulse.wrong()).containsExactly("2 of 2 threads dead");
        pass(4, () -> {});
        assertThat(pulse.dead()).containsExactly("threads dead");
        assertThat(pulse.wrong()).containsExactly("threads dead");
    }

    @Test
    void whatKafkaStreamsHasGivenUpIsDeadAtOnce() {
        failed = true;

        pass(2, this::bothPoll);

        assertThat(pulse.dead()).containsExactly("threads dead");
    }

    @Test
    void aThreadThatFailedAndDoesNotEndIsDead() {
        dying = Pulse.DIES_WITHIN;
        pass(2, this::bothPoll);
        assertThat(pulse.dead()).isEmpty();

        dying = Pulse.DIES_WITHIN.plusSeconds(2);
        pass(2, this::bothPoll);

        assertThat(pulse.dead()).containsExactly("a thread that failed has not ended for 122 s");
    }

    @Test
    void whoProcessesAndDoesNotCommitIsDead() {
        pass(120, () -> workBoth(1, 10, 0));
        assertThat(pulse.dead()).isEmpty();

        pass(4, () -> workBoth(1, 10, 0));

        assertThat(pulse.dead()).containsExactly("nothing committed for 122 s");
    }

    @Test
    void whoProcessesNothingWhileMoreAndMoreWaitsIsDead() {
        pass(120, () -> {
            bothPoll();
            lag = OptionalDouble.of(lag.getAsDouble() + 50);
        });
        assertThat(pulse.dead()).isEmpty();

        pass(4, () -> {
            bothPoll();
            lag = OptionalDouble.of(lag.getAsDouble() + 50);
        });

        assertThat(pulse.dead()).containsExactly("more and more waits, and nothing has been processed for 122 s");
    }

    @Test
    void lagThatGrowsFortySecondsIsSaidAndNoLongerOnceItFalls() {
        pass(10, this::bothPoll);
        assertThat(pulse.lagGrowingSeconds()).isZero();
        pass(60, () -> {
            workBoth(1, 10, 1);
            lag = OptionalDouble.of(lag.getAsDouble() + 1000);
        });
        assertThat(pulse.dead()).isEmpty();
        assertThat(pulse.lagGrowingSeconds()).isBetween(40L, 60L);
        assertThat(pulse.wrong()).containsExactly("lag grows " + pulse.lagGrowingSeconds() + " s");

        pass(20, () -> {
            workBoth(1, 1000, 1);
            lag = OptionalDouble.of(lag.getAsDouble() - 1000);
        });

        assertThat(pulse.wrong()).isEmpty();
    }

    @Test
    void lagThatIsNoMoreThanTenSecondsOfWorkIsNoneWhateverItDoes() {
        pass(600, () -> {
            workBoth(1, 10_000, 1);
            lag = OptionalDouble.of(lag.getAsDouble() + 100);
        });

        assertThat(pulse.wrong()).isEmpty();
    }

    private void bothPoll() {
        workBoth(1, 0, 0);
    }

    private void workBoth(int polls, int processed, int commits) {
        work(ONE, polls, processed, commits);
        work(OTHER, polls, processed, commits);
    }

    private void work(String thread, int polls, int processed, int commits) {
        Look.Work before = Objects.requireNonNull(threads.get(thread));
        threads.put(
                thread,
                new Look.Work(before.polls() + polls, before.processed() + processed, before.commits() + commits));
    }

    private void pass(int time, Runnable meanwhile) {
        for (int end = seconds + time; seconds < end; seconds += 2) {
            meanwhile.run();
            pulse.look(
                    new Look(Duration.ofSeconds(seconds).toNanos(), failed, true, 2, Map.copyOf(threads), dying, lag));
        }
    }
}
