package dev.assay.service.ingest.formats;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What the platforms' ways to sign have in common: HMAC-SHA-256 in base64, and a time. */
public final class Signatures {
    /** How far a webhook's time may be from ours, either way: older ones may be replays. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String HMAC = "HmacSHA256";

    private Signatures() {}

    /** @return of the parts, one after the other */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    /** @param timestamp seconds since 1970 */
    static boolean recent(@Nullable String timestamp, Instant now) {
        try {
            // Compared as numbers: a far one would overflow a Duration.
            return timestamp != null
                    && Math.abs((double) Long.parseLong(timestamp) - now.getEpochSecond()) <= TOLERANCE.toSeconds();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static boolean equal(byte[] expected, @Nullable String base64) {
        return base64 != null
                && MessageDigest.isEqual(utf8(Base64.getEncoder().encodeToString(expected)), utf8(base64));
    }

    /** @return nothing of nothing */
    static byte[] utf8(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
