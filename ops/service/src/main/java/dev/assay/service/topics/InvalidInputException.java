package dev.assay.service.topics;

import dev.assay.streams.settings.HttpSettings;

/** The command was given something it cannot work with; the message names it, the bound and the value. Exit code 2. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidInputException(String message) {
        super(message);
    }

    /** @throws InvalidInputException if the condition does not hold */
    public static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidInputException(message);
        }
    }

    /** @throws InvalidInputException if the value is not within the bounds */
    public static void requireWithin(String name, long value, long least, long most) {
        requireWithin(name, value, least, most, "");
    }

    /** @param unit in which the bounds are, with a blank before it */
    public static void requireWithin(String name, long value, long least, long most, String unit) {
        require(value >= least && value <= most, name + " must be " + least + " to " + most + unit + ", was " + value);
    }

    /** @throws InvalidInputException if that is neither a port nor 0, which is for a free one */
    public static void requirePort(String name, int port) {
        requireWithin(name, port, 0, HttpSettings.LARGEST_PORT);
    }
}
