package dev.assay.streams.serve;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.util.List;

/** Features of a request: numbers, or the place of a vector that {@link LiftedVectors} has read already. */
final class FeaturesReader extends JsonDeserializer<double[]> {
    /** Attribute of the reading with the vectors that were lifted; without it, arrays are what they say. */
    static final String LIFTED = "lifted";

    @Override
    public double[] deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!(context.getAttribute(LIFTED) instanceof List<?> vectors)) {
            return context.readValue(parser, double[].class);
        }
        if (parser.isExpectedStartArrayToken()
                && parser.nextToken() == JsonToken.VALUE_NUMBER_INT
                && vectors.get(parser.getIntValue()) instanceof double[] vector
                && parser.nextToken() == JsonToken.END_ARRAY) {
            return vector;
        }
        return (double[]) context.handleUnexpectedToken(double[].class, parser);
    }
}
