package dev.assay.streams.json;

/** Thrown where JSON is not what its reader expects. Without a stack trace: such JSON is expected, and the message says where. */
public final class JsonRefusal extends Exception {
    private static final long serialVersionUID = 1;

    /** @param message field, bound and value */
    public JsonRefusal(String message) {
        super(message, null, false, false);
    }
}
