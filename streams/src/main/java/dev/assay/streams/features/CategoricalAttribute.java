package dev.assay.streams.features;

import dev.assay.estimator.algebra.Require;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An attribute with a few named levels, one column of 0 and 1 for each level but the reference. The reference has none:
 * with it the columns would sum to the offset ψ₀ and γ would not be identified (MODEL §1).
 *
 * @param name key in the context of a judgment; 1 to 100 characters
 * @param reference the level whose rationality is ψ₀; also stands for missing values and levels not listed
 * @param levels the other levels, at least one, distinct
 */
public record CategoricalAttribute(String name, String reference, List<String> levels) implements ContextAttribute {
    /** Above this a double no longer tells neighbouring integers apart. */
    private static final double LARGEST_INTEGER = 1L << 53;

    /** @throws IllegalArgumentException naming the key, the bound and the value */
    public CategoricalAttribute {
        AttributeName.check("context.attributes: name", name);
        String key = "context.attributes '" + name + "': ";
        AttributeName.check(key + "reference", reference);
        Require.that(levels != null && !levels.isEmpty(), "%slevels must name at least one level, was empty", key);
        levels.forEach(level -> AttributeName.check(key + "a level", level));
        levels = List.copyOf(levels);
        Set<String> seen = new HashSet<>(Set.of(reference));
        for (String level : levels) {
            Require.that(
                    seen.add(level), "%slevels must be distinct and not the reference, was '%s' twice", key, level);
        }
    }

    @Override
    public List<String> columns() {
        return levels.stream().map(level -> name + "=" + level).toList();
    }

    @Override
    public Finding encode(@Nullable Object value, float[] context, int from) throws Refusal {
        if (value == null) {
            return Finding.MISSING;
        }
        String level = levelOf(value);
        int index = levels.indexOf(level);
        if (index >= 0) {
            context[from + index] = 1;
            return Finding.KNOWN;
        }
        return level.equals(reference) ? Finding.KNOWN : Finding.UNSEEN;
    }

    private String levelOf(Object value) throws Refusal {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Double || value instanceof Float) {
            // The level 3 must match whether the sender's format says 3 or 3.0.
            double number = ((Number) value).doubleValue();
            boolean integer = number == Math.rint(number) && Math.abs(number) <= LARGEST_INTEGER;
            return integer ? Long.toString((long) number) : value.toString();
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw Refusal.because(
                RefusalReason.INVALID_CONTEXT, "context.%s must be text, a number or a boolean, was %s", name, value);
    }
}
