package dev.assay.service.ingest;

import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Whether a webhook comes from whom it says: the platforms' two ways to sign, both HMAC-SHA-256 in base64. */
final class WebhookSignature {
    /** How far a webhook's time may be from ours, either way: older ones may be replays. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String VERSION = "v1,";
    private static final byte[] DOT = {'.'};

    private WebhookSignature() {}

    /**
     * Standard Webhooks, as Argilla signs: over {@code id.timestamp.body}; the header may carry several signatures, apart by
     * blanks, while a secret is being changed.
     *
     * @param timestamp seconds since 1970
     */
    static boolean argilla(
            Secret secret,
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signatures,
            byte[] body,
            Instant now) {
        if (id == null || timestamp == null || signatures == null || !recent(timestamp, now)) {
            return false;
        }
        byte[] expected = Pseudonyms.hmac(
                new SecretKeySpec(GatewaySettings.argillaKey(secret), "HmacSHA256"),
                utf8(id),
                DOT,
                utf8(timestamp),
                DOT,
                body);
        boolean found = false;
        for (String signature : signatures.split(" ", -1)) {
            found |= signature.startsWith(VERSION) && equal(expected, signature.substring(VERSION.length()));
        }
        return found;
    }

    /**
     * As Prolific signs: over the timestamp and the body.
     *
     * @param timestamp seconds since 1970
     */
    static boolean prolific(
            Secret secret, @Nullable String timestamp, @Nullable String signature, byte[] body, Instant now) {
        if (timestamp == null || signature == null || !recent(timestamp, now)) {
            return false;
        }
        byte[] expected = Pseudonyms.hmac(new SecretKeySpec(secret.bytes(), "HmacSHA256"), utf8(timestamp), body);
        return equal(expected, signature);
    }

    private static boolean recent(String timestamp, Instant now) {
        try {
            long seconds = Long.parseLong(timestamp);
            // Compared as numbers: a far one would overflow a Duration.
            return Math.abs((double) seconds - now.getEpochSecond()) <= TOLERANCE.toSeconds();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean equal(byte[] expected, String base64) {
        return MessageDigest.isEqual(utf8(Base64.getEncoder().encodeToString(expected)), utf8(base64));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
