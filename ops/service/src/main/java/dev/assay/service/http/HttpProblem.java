package dev.assay.service.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Why a request is not answered with what it asked for; becomes {@code application/problem+json} (RFC 9457). */
public final class HttpProblem extends RuntimeException {
    /** A body came too slowly: the connection ends with the answer. */
    static final int TOO_SLOW = 408;

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient List<RefusedItem> refusals;
    private final int retryAfterSeconds;

    /**
     * What is wrong with one item of a request.
     *
     * @param item its place in the array, from 0
     * @param reason the code under which the dead-letter topic would name it, if there is one
     * @param detail field, bound and value
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RefusedItem(
            @Doc(value = "Place in the array.", min = 0) int item,

            @Doc("Code that the dead-letter topic would carry.") @Nullable
            String reason,

            @Doc("Field, bound and value.") String detail) {}

    private HttpProblem(int status, String detail, List<RefusedItem> refusals, int retryAfterSeconds) {
        super(detail, null, false, false); // Bad requests are expected; their stack says nothing.
        this.status = status;
        this.refusals = refusals;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** @param detail field, bound and value */
    public static HttpProblem of(int status, String detail) {
        return new HttpProblem(status, detail, List.of(), 0);
    }

    /** Several items of one request are at fault. */
    public static HttpProblem ofItems(int status, String detail, List<RefusedItem> refusals) {
        return new HttpProblem(status, detail, refusals, 0);
    }

    /** The caller is to come again. */
    public static HttpProblem later(int status, String detail, int retryAfterSeconds) {
        return new HttpProblem(status, detail, List.of(), retryAfterSeconds);
    }

    /** @return of HTTP */
    public int status() {
        return status;
    }

    List<RefusedItem> refusals() {
        return refusals;
    }

    /** @return when to come again; empty: not at all */
    public OptionalInt retryAfterSeconds() {
        return retryAfterSeconds == 0 ? OptionalInt.empty() : OptionalInt.of(retryAfterSeconds);
    }
}
