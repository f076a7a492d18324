package dev.assay.service.http;

import dev.assay.streams.settings.HttpSettings;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Receives bodies within bounds: of one, and of all that are received and not answered yet. */
final class BodyReader {
    /** JSON Lines, as most clients call them. */
    static final String LINES = "application/x-ndjson";

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
    static void requireReadable(Context ctx, Route route) {
        String type = ctx.contentType();
        if (!route.bodyOfAnyType && !is("application/json", type) && !(route.bodyOfLines && is(LINES, type))) {
            throw HttpProblem.of(
                    415,
                    "Content-Type must be application/json " + (route.bodyOfLines ? "or " + LINES + " " : "")
                            + "in UTF-8, was " + shown(type));
        }
        String encoding = ctx.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw HttpProblem.of(415, "Content-Encoding must be identity, was " + shown(encoding));
        }
    }

    /**
     * Begins to receive. Room is taken as it comes, or a few that are slow would hold it all with what they announce.
     *
     * @throws HttpProblem 413 too large
     */
    ArrivingBody begin(Context ctx, InFlight.Room room) throws IOException {
        long length = ctx.req().getContentLengthLong();
        if (length > largest) {
            throw ArrivingBody.tooLarge(largest);
        }
        return new ArrivingBody(ctx.ip(), ctx.req().getInputStream(), length, largest, room, System.nanoTime());
    }

    /** @return what is only thrown away; null: there is nothing, or more than is worth waiting for */
    @Nullable
    ArrivingBody unread(Context ctx) throws IOException {
        long length = ctx.req().getContentLengthLong();
        boolean waits = ctx.header("Expect") != null; // for our leave to send it
        boolean none = length < 0 && ctx.header("Transfer-Encoding") == null;
        return none || waits || length == 0 || length > largest
                ? null
                : new ArrivingBody(ctx.ip(), ctx.req().getInputStream(), length, largest, null, System.nanoTime());
    }

    /** @return whether a header names that type, in UTF-8 */
    static boolean is(String wanted, @Nullable String type) {
        if (type == null) {
            return false;
        }
        String[] parts = type.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals(wanted);
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
