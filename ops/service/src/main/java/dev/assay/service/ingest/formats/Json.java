package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Bytes to JSON, strictly: UTF-8, one value, no member twice, Jackson's bounds on depth and length. */
public final class Json {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** @return what the items' reader makes of the bytes; no JSON is not understood, and it says where it ends to be any */
    public static List<Intake> read(byte[] bytes, Items items) {
        JsonNode item;
        try {
            item = STRICT.readTree(bytes);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            return List.of(new Intake.NotUnderstood("not JSON: " + Shown.of(e.getOriginalMessage())
                    + (at == null
                            ? ""
                            : String.format(Locale.ROOT, " (line %d, column %d)", at.getLineNr(), at.getColumnNr()))));
        } catch (IOException e) { // no I/O here: an invalid encoding
            return List.of(new Intake.NotUnderstood("not JSON: " + Shown.of(e.getMessage())));
        }
        if (item == null || item.isMissingNode()) {
            return List.of(new Intake.NotUnderstood("not JSON: it is empty"));
        }
        return items.read(item);
    }
}
