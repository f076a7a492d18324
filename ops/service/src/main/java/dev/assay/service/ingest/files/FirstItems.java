package dev.assay.service.ingest.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the first items there are, and ends the reading with the last of them. */
final class FirstItems implements ItemTaker<FirstItems.Found> {
    /** There are enough: out of whatever was reading. */
    static final class Found extends Exception {
        private static final long serialVersionUID = 1;

        private Found() {
            super("", null, false, false);
        }
    }

    private final int most;
    private final List<JsonNode> items = new ArrayList<>();
    private @Nullable String refusal;

    FirstItems(int most) {
        this.most = most;
    }

    List<JsonNode> items() {
        return items;
    }

    /** @return why there is none; null: there are no items */
    @Nullable
    String refusal() {
        return refusal;
    }

    @Override
    public void item(Place place, JsonNode item) throws Found {
        items.add(item);
        if (items.size() == most) {
            throw new Found();
        }
    }

    @Override
    public void refused(Place place, String why) {
        refusal = refusal == null ? place.said() + ": " + why : refusal;
    }

    @Override
    public void passedOver(Place place, String why) {}
}
