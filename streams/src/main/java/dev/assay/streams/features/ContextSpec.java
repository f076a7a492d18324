package dev.assay.streams.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.algebra.Require;
import dev.assay.streams.model.Refusal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of a judgment's context enter the rationality {@code σ = ψ₀ + γᵀψ} of MODEL (1), and how. Without
 * attributes every annotator is equally reliable: the plain Bradley–Terry model.
 *
 * @param offset ψ₀; finite, not 0; default 1
 * @param attributes in the order of their columns in ψ; names distinct; at most 1,024 columns; default none
 */
public record ContextSpec(double offset, List<ContextAttribute> attributes) {
    private static final int LARGEST_DIMENSION = 1024;

    /** @throws IllegalArgumentException naming the key, the bound and the value */
    public ContextSpec {
        // As a float, because that is how it is kept: 1e-60 would be 0 there.
        Require.that(
                Float.isFinite((float) offset) && (float) offset != 0,
                "context.offset must be finite and not 0, was %s",
                offset);
        for (int i = 0; i < attributes.size(); i++) {
            Require.that(attributes.get(i) != null, "context.attributes[%d] must be an attribute, was empty", i);
        }
        attributes = List.copyOf(attributes);
        Set<String> names = new HashSet<>();
        Set<String> columns = new HashSet<>();
        for (ContextAttribute attribute : attributes) {
            Require.that(
                    names.add(attribute.name()),
                    "context.attributes must have distinct names, was '%s' twice",
                    attribute.name());
            for (String column : attribute.columns()) {
                Require.that(
                        columns.add(column), "context.attributes must give distinct columns, was '%s' twice", column);
            }
        }
        Require.that(
                columns.size() <= LARGEST_DIMENSION,
                "context.attributes must give at most %d columns, was %d",
                LARGEST_DIMENSION,
                columns.size());
    }

    @JsonCreator
    static ContextSpec of(
            @JsonProperty("offset") @Nullable Double offset,
            @JsonProperty("attributes") @Nullable List<ContextAttribute> attributes) {
        return new ContextSpec(offset == null ? 1 : offset, attributes == null ? List.of() : attributes);
    }

    /** @return the names of the columns of ψ, such as {@code stance=same} or {@code experience}; size k */
    public List<String> names() {
        return attributes.stream().flatMap(a -> a.columns().stream()).toList();
    }

    /** @return k, the number of columns of ψ; may be 0 */
    public int dimension() {
        return attributes.stream().mapToInt(a -> a.columns().size()).sum();
    }

    /** @return 12 hexadecimal digits that change with anything that changes ψ₀ or ψ; the same on every machine */
    public String id() {
        return ContentHash.of(out -> {
            out.writeDouble(offset);
            out.writeInt(attributes.size());
            for (ContextAttribute attribute : attributes) {
                out.writeUTF(attribute.name());
                if (attribute instanceof CategoricalAttribute categorical) {
                    out.writeUTF("categorical");
                    out.writeUTF(categorical.reference());
                    out.writeInt(categorical.levels().size());
                    for (String level : categorical.levels()) {
                        out.writeUTF(level);
                    }
                } else if (attribute instanceof NumericAttribute numeric) {
                    Double cap = numeric.cap();
                    out.writeUTF("numeric");
                    out.writeUTF(numeric.transform().toString());
                    out.writeDouble(numeric.scale());
                    out.writeDouble(cap == null ? Double.POSITIVE_INFINITY : cap);
                    out.writeDouble(numeric.centre());
                }
            }
        });
    }

    /**
     * @param context attribute name to String, Number or Boolean; attributes that the spec does not name are ignored
     * @throws Refusal INVALID_CONTEXT, naming attribute, bound and value
     */
    public ContextFeatures encode(Map<String, Object> context) throws Refusal {
        float[] columns = new float[dimension()];
        int unseenLevels = 0;
        int missing = 0;
        int from = 0;
        for (ContextAttribute attribute : attributes) {
            switch (attribute.encode(context.get(attribute.name()), columns, from)) {
                case KNOWN -> {}
                case UNSEEN -> unseenLevels++;
                case MISSING -> missing++;
            }
            from += attribute.columns().size();
        }
        return new ContextFeatures((float) offset, columns, unseenLevels, missing);
    }
}
