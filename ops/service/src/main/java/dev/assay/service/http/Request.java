package dev.assay.service.http;

import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.StrictJson;
import dev.assay.streams.model.Judgment;
import io.javalin.http.Context;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a route's handler sees of a request: who asks, the body as received, and the variable parts. */
public final class Request {
    private final Context ctx;
    private final @Nullable Caller caller;
    private final byte[] body;

    Request(Context ctx, @Nullable Caller caller, byte[] body) {
        this.ctx = ctx;
        this.caller = caller;
        this.body = body;
    }

    /** @return who asks; only of routes that ask who */
    public Caller caller() {
        return Objects.requireNonNull(caller, "a route without a role knows nobody");
    }

    /** @return the body as received; empty where the route takes none */
    public byte[] body() {
        return body;
    }

    /** @return whether the body has JSON a line */
    public boolean bodyIsLines() {
        return BodyReader.is(BodyReader.LINES, ctx.contentType());
    }

    /** @throws HttpProblem 400 naming field, bound and value */
    public static <T> T json(byte[] body, Class<T> type) {
        try {
            return StrictJson.read(body, type);
        } catch (JsonRefusal e) {
            throw HttpProblem.of(400, String.valueOf(e.getMessage()));
        }
    }

    /** @return a variable part of the path, decoded */
    public String path(String name) {
        return ctx.pathParam(name);
    }

    /** @throws HttpProblem 400 if that part of the path is blank or too long for an id */
    public String id(String name) {
        String id = ctx.pathParam(name);
        if (id.isBlank() || id.length() > Judgment.LONGEST_ID) {
            throw HttpProblem.of(
                    400,
                    name + " in the path must have 1 to " + Judgment.LONGEST_ID + " characters and not be blank, has "
                            + id.length());
        }
        return id;
    }

    /** @return a part of the query; null: it is not there */
    public @Nullable String query(String name) {
        return ctx.queryParam(name);
    }

    /** @return a header; null: it is not there */
    public @Nullable String header(String name) {
        return ctx.header(name);
    }

    /** Sets a header of the answer. */
    public void answerHeader(String name, String value) {
        ctx.header(name, value);
    }
}
