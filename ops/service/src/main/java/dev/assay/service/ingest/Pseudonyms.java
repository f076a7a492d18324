package dev.assay.service.ingest;

import dev.assay.service.ingest.formats.Signatures;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Annotators' ids as the topics know them: as they came, or, with a key, a keyed hash (HMAC-SHA-256, the first 128 bits). One
 * and the same function for judgments, retractions and erasures, or an erasure would miss.
 */
public final class Pseudonyms {
    private static final int HEX_DIGITS = 32;

    private final byte @Nullable [] key;

    /** @param key of the hash; null: ids stay as they came */
    public Pseudonyms(@Nullable Secret key) {
        this.key = key == null ? null : key.bytes();
    }

    /** @return the annotator's id on the topics; none stays none */
    public @Nullable String of(@Nullable String annotatorId) {
        if (key == null || annotatorId == null) {
            return annotatorId;
        }
        return "p-"
                + HexFormat.of()
                        .formatHex(Signatures.hmac(key, annotatorId.getBytes(StandardCharsets.UTF_8)))
                        .substring(0, HEX_DIGITS);
    }

    /** @return the judgment under the annotator's id on the topics */
    public Judgment of(Judgment judgment) {
        return key == null ? judgment : judgment.ofAnnotator(of(judgment.annotatorId()));
    }

    /** @return the retraction under the annotator's id on the topics */
    public Retraction of(Retraction retraction) {
        return new Retraction(retraction.judgmentId(), of(retraction.annotatorId()), retraction.source());
    }
}
