package dev.assay.service.http;

import dev.assay.streams.settings.HttpSettings;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives bodies within bounds, and answers when what was made of them is done. */
public final class Bodies {
    private static final Logger LOG = LoggerFactory.getLogger(Bodies.class);
    private static final int BROKER_RETRY_SECONDS = 5;

    private final int largest;
    private final InFlight inFlight;

    /** @param settings how large, and how many bytes at once */
    public Bodies(HttpSettings settings) {
        largest = settings.maxBodyBytes();
        inFlight = new InFlight(settings.inFlightBytes());
    }

    /** @return what is held of them just now */
    public InFlight inFlight() {
        return inFlight;
    }

    /**
     * Reads a JSON body and answers with what {@code handle} promises.
     *
     * @throws Problem 413 too large, 415 no JSON by its headers, 429 no room just now
     */
    public void answer(Context ctx, Function<byte[], CompletableFuture<Answer>> handle) {
        requireJson(ctx);
        requirePlain(ctx);
        long reserved = reserve(ctx);
        CompletableFuture<Answer> promised;
        try {
            promised = handle.apply(received(ctx));
        } catch (RuntimeException e) {
            inFlight.release(reserved);
            throw e;
        }
        CompletableFuture<Answer> released = promised.whenComplete((answer, failure) -> inFlight.release(reserved));
        answer(ctx, released);
    }

    /**
     * Reads a JSON body and answers at once, on the thread that read it.
     *
     * @throws Problem as above, and what {@code handle} throws
     */
    public void answerAtOnce(Context ctx, Function<byte[], Answer> handle) {
        requireJson(ctx);
        answerAtOnceOfAnyType(ctx, handle);
    }

    /** The same where the body may be something else, as its reader knows. */
    public void answerAtOnceOfAnyType(Context ctx, Function<byte[], Answer> handle) {
        requirePlain(ctx);
        long reserved = reserve(ctx);
        try {
            handle.apply(received(ctx)).write(ctx);
        } finally {
            inFlight.release(reserved);
        }
    }

    private long reserve(Context ctx) {
        long length = ctx.req().getContentLengthLong();
        if (length > largest) {
            throw tooLarge();
        }
        long reserved = length < 0 ? largest : length;
        if (!inFlight.reserve(reserved)) {
            throw Problem.later(429, "too much is under way just now", 1);
        }
        return reserved;
    }

    private byte[] received(Context ctx) {
        long length = ctx.req().getContentLengthLong();
        try {
            InputStream in = ctx.req().getInputStream();
            if (length >= 0) { // at most largest: what is reserved has been asked
                byte[] body = new byte[Math.toIntExact(length)];
                if (in.readNBytes(body, 0, body.length) < body.length) {
                    throw notWhole();
                }
                return body;
            }
            byte[] body = in.readNBytes(largest + 1);
            if (body.length > largest) {
                throw tooLarge();
            }
            return body;
        } catch (IOException e) {
            throw notWhole();
        }
    }

    private static Problem notWhole() {
        return Problem.of(400, "the body did not arrive whole");
    }

    /** Answers, without a body to receive. */
    public void answer(Context ctx, CompletableFuture<Answer> promised) {
        ctx.future(() -> promised.handle((answer, failure) -> {
            if (failure == null) {
                answer.write(ctx);
            } else {
                Answer.write(ctx, problem(failure));
            }
            return answer;
        }));
    }

    private static Problem problem(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof Outlet.NotAcknowledgedException) {
            LOG.atWarn().addKeyValue("cause", cause.getMessage()).log("Kafka did not acknowledge in time");
            return Problem.later(
                    503,
                    "Kafka did not acknowledge in time; whether it has the records is not known, and sending them again"
                            + " does no harm",
                    BROKER_RETRY_SECONDS);
        }
        throw new CompletionException(cause); // ours: Javalin logs it and answers 500
    }

    private Problem tooLarge() {
        return Problem.of(413, "a body must have at most " + largest + " bytes");
    }

    private static void requireJson(Context ctx) {
        String type = ctx.contentType();
        if (!isJson(type)) {
            throw Problem.of(415, "Content-Type must be application/json in UTF-8, was " + shown(type));
        }
    }

    private static void requirePlain(Context ctx) {
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Problem.of(415, "Content-Encoding must be identity, was " + shown(encoding));
        }
    }

    private static boolean isJson(@Nullable String type) {
        if (type == null) {
            return false;
        }
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals("application/json");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        return json;
    }

    private static String shown(@Nullable String header) {
        if (header == null) {
            return "missing";
        }
        return header.substring(0, Math.min(80, header.length()));
    }
}
