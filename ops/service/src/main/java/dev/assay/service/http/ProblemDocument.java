package dev.assay.service.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link HttpProblem} as its answer's body. */
@Doc(name = "Problem", value = "RFC 9457.")
record ProblemDocument(
        @Doc("Of the status.") String title,
        @Doc("Of HTTP.") int status,

        @Doc("Field, with its place, bound and value.") String detail,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Doc(value = "Of several items, the first 100.", maxItems = 100)
        @Nullable
        List<HttpProblem.RefusedItem> errors) {
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

    static ProblemDocument of(HttpProblem problem) {
        return new ProblemDocument(
                TITLES.getOrDefault(problem.status(), "Error"),
                problem.status(),
                String.valueOf(problem.getMessage()),
                problem.refusals().isEmpty() ? null : problem.refusals());
    }
}
