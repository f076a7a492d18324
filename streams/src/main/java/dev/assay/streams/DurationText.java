package dev.assay.streams;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** ISO 8601 durations such as {@code PT10S}; a bare number is refused, because its unit would be a guess. */
final class DurationText extends StdScalarDeserializer<Duration> {
    DurationText() {
        super(Duration.class);
    }

    @Override
    public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String text = parser.getText();
        try {
            return Duration.parse(text.strip());
        } catch (DateTimeParseException e) {
            return (Duration) context.handleWeirdStringValue(Duration.class, text, "not an ISO 8601 duration");
        }
    }
}
