package dev.assay.service.http;

import dev.assay.streams.settings.HttpSettings;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Receives bodies within bounds: of one, and of all that are received and not answered yet. */
final class BodyReader {
    private final int largest;
    private final InFlight inFlight;

    BodyReader(HttpSettings settings) {
        largest = settings.maxBodyBytes();
        inFlight = new InFlight(settings.inFlightBytes());
    }

    InFlight inFlight() {
        return inFlight;
    }

    /** @throws HttpProblem 415 if its headers say that it cannot be read */
    static void requireReadable(Context ctx, boolean anyType) {
        String type = ctx.contentType();
        if (!anyType && !isJson(type)) {
            throw HttpProblem.of(415, "Content-Type must be application/json in UTF-8, was " + shown(type));
        }
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw HttpProblem.of(415, "Content-Encoding must be identity, was " + shown(encoding));
        }
    }

    /**
     * Takes room for the body.
     *
     * @return how much, which {@link InFlight#release} must be given
     * @throws HttpProblem 413 too large, 429 no room just now
     */
    long reserve(Context ctx) {
        long length = ctx.req().getContentLengthLong();
        if (length > largest) {
            throw tooLarge();
        }
        long reserved = length < 0 ? largest : length;
        if (!inFlight.reserve(reserved)) {
            throw HttpProblem.later(429, "too much is under way just now", 1);
        }
        return reserved;
    }

    /** @throws HttpProblem 413 too large after all, 400 if it did not arrive whole */
    byte[] received(Context ctx) {
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

    private static HttpProblem notWhole() {
        return HttpProblem.of(400, "the body did not arrive whole");
    }

    private HttpProblem tooLarge() {
        return HttpProblem.of(413, "a body must have at most " + largest + " bytes");
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
