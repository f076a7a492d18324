package dev.assay.service.ingest;

/** The gateway's routes; {@code openapi.json} describes exactly these. */
public enum Endpoint {
    JUDGE("POST", "/v1/judgments"),
    RETRACT("DELETE", "/v1/judgments/{annotator}/{id}"),
    ERASE("DELETE", "/v1/annotators/{id}"),
    LABEL_STUDIO("POST", "/v1/webhooks/label-studio"),
    ARGILLA("POST", "/v1/webhooks/argilla"),
    PROLIFIC("POST", "/v1/webhooks/prolific"),
    DESCRIBE("GET", "/openapi.json"),
    LIVE("GET", "/health/live"),
    READY("GET", "/health/ready");

    private final String method;
    private final String path;

    Endpoint(String method, String path) {
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
