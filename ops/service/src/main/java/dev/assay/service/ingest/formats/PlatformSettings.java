package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the platforms of a deployment write their judgments: what a configuration says under the name of each, read by its format.
 *
 * @param byName of the platform
 * @param labelConfig Label Studio's, which its export files do not carry; null: none
 */
public record PlatformSettings(
        Map<String, JsonPlace> byName, @Nullable String labelConfig) {
    public static final PlatformSettings DEFAULTS = new PlatformSettings(Map.of(), null);

    /**
     * @param mapping the whole configuration
     * @throws JsonRefusal naming key, bound and value
     */
    public static PlatformSettings of(JsonNode mapping) throws JsonRefusal {
        JsonPlace whole = JsonPlace.whole(mapping);
        List<String> known = Formats.ALL.stream()
                .filter(Format::configurable)
                .map(Format::name)
                .toList();
        Map<String, JsonPlace> byName = new HashMap<>();
        for (String name : whole.names()) {
            if (!known.contains(name) && !name.equals(Columns.NAME)) {
                throw whole.at(name).must("not be there, platforms are " + known + ", and there is " + Columns.NAME);
            }
            byName.put(name, whole.at(name));
        }
        PlatformSettings settings = new PlatformSettings(Map.copyOf(byName), null);
        settings.columns();
        try {
            Formats.ALL.forEach(
                    format -> format.items(settings, format.name())); // so that what is wrong is heard at once
        } catch (IllegalArgumentException e) {
            throw new JsonRefusal(String.valueOf(e.getMessage()));
        }
        return settings;
    }

    /**
     * @return the columns of a file, where a configuration names them
     * @throws JsonRefusal naming role, bound and value
     */
    public Optional<Columns> columns() throws JsonRefusal {
        JsonPlace given = byName.get(Columns.NAME);
        return given == null ? Optional.empty() : Optional.of(Columns.of(given));
    }

    /** @return the same with Label Studio's labelling interface */
    public PlatformSettings with(@Nullable String labelStudioConfig) {
        return new PlatformSettings(byName, labelStudioConfig);
    }

    /** @return what is said of a platform, perhaps nothing */
    PlatformKeys of(String platform) {
        return new PlatformKeys(byName.getOrDefault(platform, new JsonPlace(platform, null)));
    }
}
