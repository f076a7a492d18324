package dev.assay.streams.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;

/**
 * A text that no log line and no error message may contain.
 *
 * @param value the text
 */
public record Secret(@JsonValue String value) {
    /** Reads a secret from a config file. */
    @JsonCreator
    public static Secret of(String value) {
        return new Secret(value);
    }

    public byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
