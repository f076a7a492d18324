package dev.assay.estimator;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Seeds for tests over many data sets; the seed is the test's name. */
public final class Seeds {
    private Seeds() {}

    static LongStream ten() {
        return LongStream.rangeClosed(1, 10);
    }

    /** Seed, d and k: small ten times, and in many dimensions. */
    static Stream<Arguments> shapes() {
        return Stream.concat(
                ten().mapToObj(seed -> Arguments.of(seed, 2, 1)),
                Stream.of(Arguments.of(1L, 30, 10), Arguments.of(2L, 32, 8), Arguments.of(3L, 40, 0)));
    }

    static LongStream oneHundred() {
        return LongStream.rangeClosed(1, 100);
    }
}
