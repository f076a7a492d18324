package dev.assay.streams.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * How a numeric context attribute is bent before it is scaled. {@link StrictMath}, because {@link Math} may differ in the
 * last bit from one processor to the next and then two shards would disagree about one judgment.
 */
public enum Transform {
    /** x itself. */
    @JsonProperty("identity")
    IDENTITY("any finite number"),
    /** ln(1 + x), for counts and durations that may be 0. */
    @JsonProperty("log1p")
    LOG1P("above -1"),
    /** ln x. */
    @JsonProperty("log")
    LOG("above 0"),
    /** √x. */
    @JsonProperty("sqrt")
    SQRT("at least 0");

    private final String domain;

    Transform(String domain) {
        this.domain = domain;
    }

    /** @return where the transform is defined, in words for an error message */
    String domain() {
        return domain;
    }

    /** @param value finite */
    boolean admits(double value) {
        return switch (this) {
            case IDENTITY -> true;
            case LOG1P -> value > -1;
            case LOG -> value > 0;
            case SQRT -> value >= 0;
        };
    }

    /** @param value one that {@link #admits} */
    double apply(double value) {
        return switch (this) {
            case IDENTITY -> value;
            case LOG1P -> StrictMath.log1p(value);
            case LOG -> StrictMath.log(value);
            case SQRT -> StrictMath.sqrt(value);
        };
    }

    /** @return the name as the context spec writes it */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
