package dev.assay.streams.descend;

import dev.assay.streams.model.ParameterSnapshot;

/**
 * An older snapshot that is to be published again.
 *
 * @param commandId who asked
 * @param snapshot the older one
 */
public record Rollback(String commandId, ParameterSnapshot snapshot) implements Publication {}
