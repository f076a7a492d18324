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
    /** @return what the item asks for; empty if that is known only with later items */
    List<Intake> read(JsonNode item);

    /** @return what the items still open ask for, now that there are no more */
    default List<Intake> end() {
        return List.of();
    }

    /** @return what the reader makes of the bytes; no JSON is not understood, and it says where it ends to be any */
    static List<Intake> of(byte[] bytes, Items reader) {
        try {
            JsonNode item = StrictJson.tree(bytes, JsonErrors.OF_A_PAYLOAD);
            return item.isMissingNode()
                    ? List.of(new Intake.NotUnderstood("not JSON: it is empty"))
                    : reader.read(item);
        } catch (JsonRefusal e) {
            return List.of(new Intake.NotUnderstood(String.valueOf(e.getMessage())));
        }
    }

    /** How one item of a format that may refuse some is read. */
    @FunctionalInterface
    interface Attempt {
        List<Intake> read(JsonPlace item) throws JsonRefusal;
    }

    /** @return what the attempt finds; what does not fit is not understood, and says why */
    static List<Intake> attempt(JsonNode item, Attempt attempt) {
        try {
            return attempt.read(JsonPlace.whole(item).object());
        } catch (JsonRefusal e) {
            return List.of(new Intake.NotUnderstood(String.valueOf(e.getMessage())));
        }
    }
}
