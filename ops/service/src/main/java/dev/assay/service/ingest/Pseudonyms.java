package dev.assay.service.ingest;

import dev.assay.streams.model.Judgment;
import dev.assay.streams.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Annotators' ids as the topics know them: as they came, or, with a key, a keyed hash (HMAC-SHA-256, the first 128 bits). One
 * and the same function for judgments, retractions and erasures, or an erasure would miss.
 */
public final class Pseudonyms {
    private static final String HMAC = "HmacSHA256";
    private static final int HEX_DIGITS = 32;

    private final @Nullable SecretKeySpec key;

    /** @param key of the hash; null: ids stay as they came */
    public Pseudonyms(@Nullable Secret key) {
        this.key = key == null ? null : new SecretKeySpec(key.bytes(), HMAC);
    }

    /** @return the annotator's id on the topics; none stays none */
    public @Nullable String of(@Nullable String annotatorId) {
        if (key == null || annotatorId == null) {
            return annotatorId;
        }
        return "p-"
                + HexFormat.of()
                        .formatHex(hmac(key, annotatorId.getBytes(StandardCharsets.UTF_8)))
                        .substring(0, HEX_DIGITS);
    }

    /** @return the judgment under the annotator's id on the topics */
    public Judgment of(Judgment judgment) {
        return key == null ? judgment : judgment.ofAnnotator(of(judgment.annotatorId()));
    }

    static byte[] hmac(SecretKeySpec key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
