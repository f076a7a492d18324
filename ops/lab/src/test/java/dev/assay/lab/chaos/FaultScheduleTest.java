package dev.assay.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.chaos.Fault.Action;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultScheduleTest {
    private static final int SECONDS = 60;
    private static final int FOR_A_QUORUM = 240;

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameSeedGivesTheSameFaults(long seed) {
        assertThat(draw(seed)).isEqualTo(draw(seed)).isNotEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void neverIsMoreThanOneBrokerDownAndEveryFaultEndsWithTheRun(long seed) {
        List<Fault> ofBrokers = draw(seed).stream()
                .filter(fault -> fault.action().target() == Fault.Target.BROKER)
                .toList();
        assertThat(draw(seed))
                .allSatisfy(fault -> assertThat(fault.endsMillis()).isLessThanOrEqualTo(SECONDS * 1_000));
        for (int i = 1; i < ofBrokers.size(); i++) {
            assertThat(ofBrokers.get(i).atMillis())
                    .isGreaterThan(ofBrokers.get(i - 1).endsMillis());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noTargetMeetsASecondFaultBeforeTheFirstHasEnded(long seed) {
        List<Fault> faults = draw(seed);
        for (Fault later : faults) {
            assertThat(faults.stream()
                            .filter(fault -> fault.atMillis() < later.atMillis())
                            .filter(fault ->
                                    fault.action().target() == later.action().target())
                            .filter(fault -> fault.target() == later.target()))
                    .allSatisfy(earlier -> assertThat(earlier.endsMillis()).isLessThanOrEqualTo(later.atMillis()));
        }
    }

    @Test
    void fiftySeedsMeetEveryKindOfFaultThatTheTimeIsEnoughFor() {
        assertThat(met(SECONDS, 3))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Action.KILL_TWO_BROKERS)));
        assertThat(met(FOR_A_QUORUM, 3)).containsExactlyInAnyOrder(Action.values());
    }

    @Test
    void aQuorumIsLostOnlyWhereThereIsOne() {
        assertThat(met(FOR_A_QUORUM, 1)).doesNotContain(Action.KILL_TWO_BROKERS);
    }

    private static Set<Action> met(int seconds, int brokers) {
        return seeds().boxed()
                .flatMap(seed -> draw(seed, seconds, brokers).stream())
                .map(Fault::action)
                .collect(Collectors.toSet());
    }

    private static List<Fault> draw(long seed) {
        return draw(seed, SECONDS, 3);
    }

    private static List<Fault> draw(long seed, int seconds, int brokers) {
        return FaultSchedule.draw(seed, seconds, 3, brokers, Arrays.asList(Action.values()));
    }
}
