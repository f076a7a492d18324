package dev.assay.service.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param body becomes JSON
 */
public record Answer(int status, Object body) {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            413, "Content Too Large",
            415, "Unsupported Media Type",
            422, "Unprocessable Content",
            429, "Too Many Requests",
            503, "Service Unavailable");

    /** Writes it as JSON. */
    public void write(Context ctx) {
        write(ctx, "application/json");
    }

    private void write(Context ctx, String type) {
        ctx.status(status).contentType(type).result(json());
    }

    /** @return the body as JSON, on one line */
    public byte[] json() {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of texts and numbers can be written", e);
        }
    }

    /** Writes a problem. */
    public static void write(Context ctx, Problem problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("title", TITLES.getOrDefault(problem.status(), "Error"));
        body.put("status", problem.status());
        body.put("detail", String.valueOf(problem.getMessage()));
        if (!problem.faults().isEmpty()) {
            body.put("errors", problem.faults());
        }
        problem.retryAfterSeconds().ifPresent(seconds -> ctx.header("Retry-After", Integer.toString(seconds)));
        new Answer(problem.status(), body).write(ctx, "application/problem+json");
    }
}
