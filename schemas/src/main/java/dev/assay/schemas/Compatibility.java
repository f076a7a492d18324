package dev.assay.schemas;

/** What a new version of a record must be able to do, in a schema registry's words; OlderSchemasTest holds ours to it. */
public enum Compatibility {
    /** The new one reads what every older one wrote: readers are upgraded before writers. */
    BACKWARD_TRANSITIVE,
    /** That, and every older one reads what the new one writes: either is upgraded first. */
    FULL_TRANSITIVE
}
