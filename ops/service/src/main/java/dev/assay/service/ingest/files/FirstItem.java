package dev.assay.service.ingest.files;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Takes the first item there is, and ends the reading with it. */
final class FirstItem implements ItemTaker<FirstItem.Found> {
    /** The item, out of whatever was reading it. */
    static final class Found extends Exception {
        private static final long serialVersionUID = 1;
        private final transient JsonNode item;

        Found(JsonNode item) {
            super("", null, false, false);
            this.item = item;
        }

        JsonNode item() {
            return item;
        }
    }

    private @Nullable String refusal;

    /** @return why there is none; null: there are no items */
    @Nullable
    String refusal() {
        return refusal;
    }

    @Override
    public void item(Place place, JsonNode item) throws Found {
        throw new Found(item);
    }

    @Override
    public void refused(Place place, String why) {
        refusal = refusal == null ? place.said() + ": " + why : refusal;
    }

    @Override
    public void passedOver(Place place, String why) {}
}
