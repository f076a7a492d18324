package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a configuration says of one platform, key by key; a key that nobody reads is refused at the end. */
final class PlatformKeys {
    private final JsonPlace given;
    private final TreeSet<String> known = new TreeSet<>();

    PlatformKeys(JsonPlace given) {
        this.given = given;
    }

    private JsonPlace at(String key) {
        known.add(key);
        return given.at(key);
    }

    @Nullable
    String text(String key) throws JsonRefusal {
        return at(key).present() ? text(given.at(key)) : null;
    }

    String text(String key, String otherwise) throws JsonRefusal {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    /** @return texts, or others where there are none */
    List<String> list(String key, String... otherwise) throws JsonRefusal {
        if (!at(key).present()) {
            return List.of(otherwise);
        }
        List<String> texts = new ArrayList<>();
        for (JsonPlace each : given.at(key).list()) {
            texts.add(text(each));
        }
        return List.copyOf(texts);
    }

    /** @return the same in lower case */
    List<String> lowerCase(String key, String... otherwise) throws JsonRefusal {
        return list(key, otherwise).stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** @return two texts, or none */
    List<String> pair(String key) throws JsonRefusal {
        List<String> fields = list(key);
        if (!fields.isEmpty() && fields.size() != 2) {
            throw given.at(key).must("name 2 fields or none");
        }
        return fields;
    }

    Map<String, String> map(String key) throws JsonRefusal {
        Map<String, String> texts = new HashMap<>();
        if (at(key).present()) {
            for (String name : given.at(key).names()) {
                texts.put(name, text(given.at(key).at(name)));
            }
        }
        return Map.copyOf(texts);
    }

    /** A configuration need not put numbers and the like between quotes. */
    private static String text(JsonPlace place) throws JsonRefusal {
        JsonNode value = place.value();
        return value != null && value.isValueNode() ? value.asText() : place.text();
    }

    JsonRefusal must(String key, String bound) {
        return given.at(key).must(bound);
    }

    /** To be asked when all keys have been read. */
    void requireNoOther() throws JsonRefusal {
        if (given.present()) {
            for (String name : given.names()) {
                if (!known.contains(name)) {
                    throw given.at(name).must("not be there, the keys are " + known);
                }
            }
        }
    }
}
