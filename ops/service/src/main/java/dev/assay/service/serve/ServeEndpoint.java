package dev.assay.service.serve;

/** The scorer's routes; {@code openapi.json} describes exactly these. */
public enum ServeEndpoint {
    SCORE("POST", "/v1/score"),
    BEST_OF_N("POST", "/v1/best-of-n"),
    COMPARE("POST", "/v1/compare"),
    RATIONALITY("POST", "/v1/rationality"),
    SUGGEST("POST", "/v1/suggest"),
    MODEL("GET", "/v1/model"),
    LEADERBOARD("GET", "/v1/leaderboard"),
    ANNOTATORS("GET", "/v1/annotators"),
    REFUSALS("GET", "/v1/refusals"),
    ACTIVITY("GET", "/v1/activity"),
    ACTIVITY_STREAM("GET", "/v1/activity/stream"),
    DESCRIBE("GET", "/openapi.json"),
    LIVE("GET", "/health/live"),
    READY("GET", "/health/ready");

    private final String method;
    private final String path;

    ServeEndpoint(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** @return in HTTP's words */
    public String method() {
        return method;
    }

    /** @return with the names of its variable parts in braces */
    public String path() {
        return path;
    }
}
