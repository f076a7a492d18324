package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** How one item of a format that may find faults is read. */
    @FunctionalInterface
    interface Attempt {
        List<Intake> read(Field item) throws Misfit;
    }

    /** @return what the attempt finds; what does not fit is not understood, and says why */
    static List<Intake> attempt(JsonNode item, Attempt attempt) {
        try {
            return attempt.read(Field.whole(item).object());
        } catch (Misfit e) {
            return List.of(new Intake.NotUnderstood(String.valueOf(e.getMessage())));
        }
    }
}
