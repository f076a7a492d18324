package dev.assay.service.ingest.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the first items there are, and ends the reading with the last of them. */
final class FirstItems implements ItemTaker<FirstItems.Enough> {
    /** That there are as many as were wanted, out of whatever was reading them. */
    static final class Enough extends Exception {
        private static final long serialVersionUID = 1;

        Enough() {
            super("", null, false, false);
        }
    }

    private final int most;
    private final List<JsonNode> items = new ArrayList<>();
    private @Nullable String refusal;

    /** @param most so many are wanted */
    FirstItems(int most) {
        this.most = most;
    }

    List<JsonNode> items() {
        return items;
    }

    /** @return why one of them is not there; null: none is refused */
    @Nullable
    String refusal() {
        return refusal;
    }

    @Override
    public void item(Place place, JsonNode item) throws Enough {
        items.add(item);
        if (items.size() == most) {
            throw new Enough();
        }
    }

    @Override
    public void refused(Place place, String why) {
        refusal = refusal == null ? place.said() + ": " + why : refusal;
    }

    @Override
    public void passedOver(Place place, String why) {}
}
