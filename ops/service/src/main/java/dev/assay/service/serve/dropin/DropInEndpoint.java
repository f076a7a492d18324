package dev.assay.service.serve.dropin;

/** Routes that other people's clients know. */
public enum DropInEndpoint {
    GET_REWARD("POST", "/get_reward"),
    RERANK_V1("POST", "/v1/rerank"),
    RERANK("POST", "/rerank"),
    CLASSIFY("POST", "/classify"),
    INFER("POST", "/v2/models/{m}/infer"),
    MODEL("GET", "/v2/models/{m}"),
    MODEL_READY("GET", "/v2/models/{m}/ready"),
    SERVER("GET", "/v2"),
    SERVER_LIVE("GET", "/v2/health/live"),
    SERVER_READY("GET", "/v2/health/ready");

    private final String method;
    private final String path;

    DropInEndpoint(String method, String path) {
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

    /** @return whether it is of KServe's protocol, which has errors of its own */
    boolean kServe() {
        return path.startsWith("/v2");
    }
}
