package dev.assay.cli;

import dev.assay.streams.TopicMismatchException;
import dev.assay.streams.adapt.NeutralFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** Failures in words for the terminal. */
final class Failures {
    private Failures() {}

    static String describe(Throwable failure) {
        Throwable cause = unwrapped(failure);
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return cause.getClass().getSimpleName();
        }
        return cause instanceof KafkaException || cause instanceof IOException
                ? cause.getClass().getSimpleName() + ": " + message
                : message;
    }

    /** Whether the message says all there is to say, so that no stack trace is worth offering. */
    static boolean expected(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof InvalidInputException
                || cause instanceof BrokerStartException
                || cause instanceof NeutralFormat.FormatException
                || cause instanceof TopicMismatchException
                || cause instanceof ReshardRefusedException
                || cause instanceof TimeoutException;
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof ExecutionException || failure instanceof UncheckedIOException;
        Throwable cause = failure.getCause();
        return wrapper && cause != null ? unwrapped(cause) : failure;
    }
}
