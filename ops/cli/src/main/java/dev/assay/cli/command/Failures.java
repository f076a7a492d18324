package dev.assay.cli.command;

import dev.assay.cli.broker.BrokerStartException;
import dev.assay.service.reshard.ReshardRefusedException;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.TopicMismatchException;
import dev.assay.streams.wire.registry.RegistryRefusedException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** Failures in words for the terminal. */
public final class Failures {
    /** Exit code: the command could not do what it was asked. */
    public static final int FAILED = 1;

    private Failures() {}

    public static String describe(Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof JavalinBindException) {
            return "the port is taken, or the address is not this machine's; --port, serve.port and gateway.port say another ("
                    + cause.getMessage() + ")";
        }
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return cause.getClass().getSimpleName();
        }
        return cause instanceof KafkaException || cause instanceof IOException
                ? cause.getClass().getSimpleName() + ": " + message
                : message;
    }

    /** Whether the message says all there is to say, so that no stack trace is worth offering. */
    public static boolean expected(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return cause instanceof InvalidInputException
                || cause instanceof JavalinBindException
                || cause instanceof BrokerStartException
                || cause instanceof TopicMismatchException
                || cause instanceof ReshardRefusedException
                || cause instanceof RegistryRefusedException
                || cause instanceof TimeoutException;
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof ExecutionException || failure instanceof UncheckedIOException;
        Throwable cause = failure.getCause();
        return wrapper && cause != null ? unwrapped(cause) : failure;
    }
}
