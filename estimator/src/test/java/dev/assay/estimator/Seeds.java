package dev.assay.estimator;

import java.util.stream.LongStream;

/** Seeds for tests over many data sets; the seed is the test's name. */
public final class Seeds {
    private Seeds() {}

    static LongStream ten() {
        return LongStream.rangeClosed(1, 10);
    }

    static LongStream oneHundred() {
        return LongStream.rangeClosed(1, 100);
    }
}
