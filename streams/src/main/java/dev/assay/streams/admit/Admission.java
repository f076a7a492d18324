package dev.assay.streams.admit;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.model.StoredComparison;

/** What became of one record of the topic of judgments. Every record becomes exactly one of these. */
public sealed interface Admission {

    /**
     * The judgment stands.
     *
     * @param key the comparison's key; a comparison there already is replaced
     * @param comparison the judgment in numbers
     * @param unseenLevels categorical attributes whose level the context spec does not list
     * @param missingAttributes attributes of the context spec the judgment does not carry
     */
    record Admitted(ComparisonKey key, StoredComparison comparison, int unseenLevels, int missingAttributes)
            implements Admission {}

    /** The judgment of this key is taken back. */
    record Retracted(ComparisonKey key) implements Admission {}

    /**
     * Refused as data.
     *
     * @param reason the code, for counting and redriving
     * @param message field, bound and value, for a person
     */
    record Refused(RefusalReason reason, String message) implements Admission {}
}
