package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonErrors;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.StrictJson;
import java.util.List;

/** Reads the items of one format, in their order; one reader a file, because some formats spread a judgment over items. */
@FunctionalInterface
public interface Items {
    /**
     * @param item an object
     * @return what it asks for; empty if that is known only with later items
     * @throws JsonRefusal if it is not understood: field, bound and value
     */
    List<Intake> read(JsonPlace item) throws JsonRefusal;

    /** @return what the items still open ask for, now that there are no more */
    default List<Intake> end() {
        return List.of();
    }

    /** @return what the item asks for, or that it is not understood */
    default List<Intake> read(JsonNode item) {
        try {
            return read(JsonPlace.whole(item).object());
        } catch (JsonRefusal e) {
            return List.of(Intake.NotUnderstood.because(e));
        }
    }

    /** @return what an item asks for; no JSON is not understood, and it says where it ends to be any */
    default List<Intake> read(byte[] json) {
        try {
            JsonNode item = StrictJson.tree(json, JsonErrors.OF_A_PAYLOAD);
            if (item.isMissingNode()) {
                throw new JsonRefusal("not JSON: it is empty");
            }
            return read(item);
        } catch (JsonRefusal e) {
            return List.of(Intake.NotUnderstood.because(e));
        }
    }

    /** One of the several judgments of an item. */
    @FunctionalInterface
    interface Part {
        Intake read() throws JsonRefusal;
    }

    /** @return what a part asks for, or that it is not understood: one does not spoil the others of its item */
    static Intake part(Part part) {
        try {
            return part.read();
        } catch (JsonRefusal e) {
            return Intake.NotUnderstood.because(e);
        }
    }
}
