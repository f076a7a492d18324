package dev.assay.streams.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.algebra.Require;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An attribute with a number, one column: {@code ψ = min(transform(x) / scale, cap) − centre}. A missing value gives ψ = 0,
 * the value at which the attribute says nothing, so choose the centre near the middle of the data.
 *
 * @param name key in the context of a judgment; 1 to 100 characters
 * @param transform default identity
 * @param scale divides the transformed value; finite, above 0; default 1
 * @param cap the most a scaled value can be, so that a few extremes do not bend γ; finite; null for none
 * @param centre subtracted last; finite; default 0
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NumericAttribute(
        String name,
        Transform transform,
        double scale,
        @Nullable Double cap,
        double centre) implements ContextAttribute {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");
    private static final int LONGEST_NUMBER = 64;

    /** @throws IllegalArgumentException naming the key, the bound and the value */
    public NumericAttribute {
        AttributeName.check("context.attributes: name", name);
        String key = "context.attributes '" + name + "': ";
        Require.that(scale > 0 && Double.isFinite(scale), "%sscale must be above 0 and finite, was %s", key, scale);
        Require.that(cap == null || Double.isFinite(cap), "%scap must be finite, was %s", key, String.valueOf(cap));
        Require.that(Double.isFinite(centre), "%scentre must be finite, was %s", key, centre);
    }

    @JsonCreator
    static NumericAttribute of(
            @JsonProperty("name") String name,
            @JsonProperty("transform") @Nullable Transform transform,
            @JsonProperty("scale") @Nullable Double scale,
            @JsonProperty("cap") @Nullable Double cap,
            @JsonProperty("centre") @Nullable Double centre) {
        return new NumericAttribute(
                name,
                transform == null ? Transform.IDENTITY : transform,
                scale == null ? 1 : scale,
                cap,
                centre == null ? 0 : centre);
    }

    @Override
    public List<String> columns() {
        return List.of(name);
    }

    @Override
    public Finding encode(@Nullable Object value, float[] context, int from) throws Refusal {
        if (value == null) {
            return Finding.MISSING;
        }
        double number = numberOf(value);
        check(Double.isFinite(number), "finite", value);
        check(transform.admits(number), transform.domain() + " for " + transform, value);
        double scaled = transform.apply(number) / scale;
        float column = (float) ((cap == null ? scaled : Math.min(scaled, cap)) - centre);
        check(Float.isFinite(column), "at most " + Float.MAX_VALUE + " in size once scaled", value);
        context[from] = column;
        return Finding.KNOWN;
    }

    private double numberOf(Object value) throws Refusal {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        String text = value instanceof String string ? string.strip() : "";
        check(text.length() <= LONGEST_NUMBER && DECIMAL.matcher(text).matches(), "a number", value);
        return Double.parseDouble(text);
    }

    private void check(boolean condition, String bound, Object value) throws Refusal {
        if (!condition) {
            throw Refusal.because(RefusalReason.INVALID_CONTEXT, "context.%s must be %s, was %s", name, bound, value);
        }
    }
}
