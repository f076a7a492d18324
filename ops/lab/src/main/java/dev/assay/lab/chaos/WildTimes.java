package dev.assay.lab.chaos;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** What a clock says that is far from right: between 1970 and 2090. No promise of ours depends on a sender's. */
final class WildTimes {
    private static final int ONE_IN = 20;
    private static final long LATEST = TimeUnit.DAYS.toMillis(43_830);

    private WildTimes() {}

    /** @return in milliseconds since 1970; mostly empty */
    static Optional<Long> sometimes(SplittableRandom random) {
        return random.nextInt(ONE_IN) == 0 ? Optional.of(random.nextLong(LATEST)) : Optional.empty();
    }
}
