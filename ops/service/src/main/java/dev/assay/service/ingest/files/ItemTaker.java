package dev.assay.service.ingest.files;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes the items of a file in their order. */
public interface ItemTaker<E extends Exception> {
    /** Takes one. */
    void item(Place place, JsonNode item) throws E;

    /** Hears of one that cannot be read. */
    void refused(Place place, String why) throws E;

    /** Hears of what stands beside the items and is none. */
    void passedOver(Place place, String why) throws E;
}
