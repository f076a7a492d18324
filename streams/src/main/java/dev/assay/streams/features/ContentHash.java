package dev.assay.streams.features;

import dev.assay.streams.wire.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Names content by what it is: the first 12 hexadecimal digits of its SHA-256, the same on every machine. */
final class ContentHash {
    private static final int DIGITS = 12;

    private ContentHash() {}

    /** Writes the content field by field; lengths go before texts and lists, so that no two contents share their bytes. */
    @FunctionalInterface
    interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    static String of(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    e); // Memory does not fail; a text above 65,535 bytes would, and names are bounded.
        }
        return HexFormat.of().formatHex(Sha256.of(bytes.toByteArray())).substring(0, DIGITS);
    }
}
