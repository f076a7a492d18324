package dev.assay.streams.features;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.assay.streams.model.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attribute of the annotator, the task or the moment, and how it becomes columns of ψ. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = CategoricalAttribute.class, name = "categorical"),
    @JsonSubTypes.Type(value = NumericAttribute.class, name = "numeric")
})
public sealed interface ContextAttribute permits CategoricalAttribute, NumericAttribute {
    /** How well the value of one judgment fitted the attribute. */
    enum Finding {
        /** Encoded as it is. */
        KNOWN,
        /** A level the spec does not list; encoded as the reference. */
        UNSEEN,
        /** Not there; encoded as the reference, or 0. */
        MISSING
    }

    /** @return the key under which a judgment's context carries it */
    String name();

    /** @return the names of its columns of ψ, at least one, in order */
    List<String> columns();

    /**
     * Writes this attribute's columns of ψ.
     *
     * @param value a String, Number or Boolean; null if the judgment does not carry the attribute
     * @param context ψ, all zero from {@code from} on; size k
     * @param from index of this attribute's first column
     * @throws Refusal INVALID_CONTEXT, naming attribute, bound and value
     */
    Finding encode(@Nullable Object value, float[] context, int from) throws Refusal;
}
