package dev.assay.service.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON on one line. */
final class JsonText {
    private static final JsonMapper PLAIN = new JsonMapper();
    private static final JsonMapper ESCAPED =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private JsonText() {}

    /** Half a surrogate pair, which UTF-8 has not, is escaped; all else stands as it is. */
    static String of(JsonNode value) {
        try {
            String plain = PLAIN.writeValueAsString(value);
            return encodable(plain) ? plain : ESCAPED.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of ours is always JSON", e);
        }
    }

    /** @return whether UTF-8 has all of it */
    static boolean encodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (Character.isSurrogate(one)) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(one, text.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
