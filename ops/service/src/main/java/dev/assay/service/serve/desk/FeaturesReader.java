package dev.assay.service.serve.desk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Base64;
import java.util.List;

/**
 * Features of a request: numbers, or the same as little-endian float32 in base64, half as long and a fifth of the work; or the
 * place of a vector that {@link LiftedVectors} has read already.
 */
final class FeaturesReader extends JsonDeserializer<double[]> {
    /** Attribute of the reading with the vectors that were lifted; without it, arrays are what they say. */
    static final String LIFTED = "lifted";

    private static final String WANTED = "must be an array of numbers, or little-endian float32 in base64";

    @Override
    public double[] deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return packed(parser);
        }
        if (!parser.isExpectedStartArrayToken()) {
            throw JsonMappingException.from(parser, WANTED);
        }
        if (!(context.getAttribute(LIFTED) instanceof List<?> vectors)) {
            return context.readValue(parser, double[].class);
        }
        if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT
                && vectors.get(parser.getIntValue()) instanceof double[] vector
                && parser.nextToken() == JsonToken.END_ARRAY) {
            return vector;
        }
        throw JsonMappingException.from(parser, WANTED);
    }

    private static double[] packed(JsonParser parser) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(parser.getText()); // four times as fast as the parser's own
        } catch (IllegalArgumentException e) {
            throw JsonMappingException.from(parser, WANTED);
        }
        if (bytes.length % Float.BYTES != 0) {
            throw JsonMappingException.from(parser, WANTED);
        }
        FloatBuffer floats =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        double[] features = new double[floats.remaining()];
        for (int i = 0; i < features.length; i++) {
            features[i] = floats.get(i);
        }
        return features;
    }
}
