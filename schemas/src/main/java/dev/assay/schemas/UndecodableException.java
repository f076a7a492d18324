package dev.assay.schemas;

/** Bytes that are no value of the record they should be. Checked: on a topic open to others this is data, not a mistake. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean schemaKnown;

    UndecodableException(boolean schemaKnown, String message) {
        super(message, null, false, false);
        this.schemaKnown = schemaKnown;
    }

    /** The schema is ours and the bytes follow it, yet the value breaks a rule the schema cannot say. */
    public static UndecodableException malformed(String message) {
        return new UndecodableException(true, message);
    }

    /** The frame names a schema that nobody knows, or one of another record. */
    public static UndecodableException unknownSchema(String message) {
        return new UndecodableException(false, message);
    }

    /** @return true if the frame named a schema we know and the body broke; false if it named none or an unknown one */
    public boolean schemaKnown() {
        return schemaKnown;
    }
}
