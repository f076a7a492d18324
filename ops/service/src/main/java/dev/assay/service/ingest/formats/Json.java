package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.io.IOException;
import java.util.Locale;

/** Bytes to JSON, strictly: UTF-8, one value, no member twice, Jackson's bounds on depth and length. */
public final class Json {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** @throws JsonRefusal if it is none, with the place where it ends to be any */
    public static JsonNode read(byte[] bytes) throws JsonRefusal {
        try {
            JsonNode item = STRICT.readTree(bytes);
            if (item == null || item.isMissingNode()) {
                throw new JsonRefusal("not JSON: it is empty");
            }
            return item;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new JsonRefusal("not JSON: " + Shown.of(e.getOriginalMessage())
                    + (at == null
                            ? ""
                            : String.format(Locale.ROOT, " (line %d, column %d)", at.getLineNr(), at.getColumnNr())));
        } catch (IOException e) { // no I/O here: an invalid encoding
            throw new JsonRefusal("not JSON: " + Shown.of(e.getMessage()));
        }
    }
}
