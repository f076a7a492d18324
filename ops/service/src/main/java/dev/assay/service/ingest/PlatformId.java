package dev.assay.service.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Which judgment a platform's own id means. On its topic as JSON: nobody but gateways reads it.
 *
 * @param annotatorId who judged, as the topics know him; null: nobody known
 * @param judgmentId the judgment's id
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PlatformId(@Nullable String annotatorId, String judgmentId) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static String key(String source, String platformId) {
        return source + "/" + platformId;
    }

    byte[] encode() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("two texts can be written", e);
        }
    }

    /** @throws IOException if the bytes are no such JSON */
    @SuppressWarnings("NullAway") // Jackson passes null where the key is missing.
    static PlatformId decode(byte[] json) throws IOException {
        PlatformId id = JSON.readValue(json, PlatformId.class);
        if (id == null || id.judgmentId() == null) {
            throw new IOException("judgmentId must be there, is missing");
        }
        return id;
    }

    static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
