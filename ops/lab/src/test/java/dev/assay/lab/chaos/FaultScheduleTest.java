package dev.assay.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.chaos.Fault.Action;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FaultScheduleTest {
    private static final int SECONDS = 60;

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
    void fiftySeedsMeetEveryKindOfFault() {
        Stream<Action> met =
                seeds().boxed().flatMap(seed -> draw(seed).stream()).map(Fault::action);
        assertThat(met.distinct()).containsExactlyInAnyOrderElementsOf(Arrays.asList(Action.values()));
    }

    private static List<Fault> draw(long seed) {
        return FaultSchedule.draw(seed, SECONDS, 3, 3, Arrays.asList(Action.values()));
    }
}
