package dev.assay.streams.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java platform has. */
public final class Sha256 {
    private Sha256() {}

    /** @return an empty one, for what comes in pieces */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** @return 32 bytes */
    public static byte[] of(byte[] content) {
        return digest().digest(content);
    }

    /** @return the same in 64 hexadecimal digits */
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(of(content));
    }
}
