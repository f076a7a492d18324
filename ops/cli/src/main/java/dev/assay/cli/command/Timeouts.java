package dev.assay.cli.command;

import dev.assay.service.topics.InvalidInputException;
import java.time.Duration;

/** The bounds of every {@code --timeout}. */
public final class Timeouts {
    private static final int LONGEST_SECONDS = 86_400;

    private Timeouts() {}

    /** @throws InvalidInputException if it is too short or too long */
    public static Duration required(int seconds) {
        InvalidInputException.requireWithin("--timeout", seconds, 1, LONGEST_SECONDS, " seconds");
        return Duration.ofSeconds(seconds);
    }
}
