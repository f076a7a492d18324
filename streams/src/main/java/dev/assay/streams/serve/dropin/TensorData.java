package dev.assay.streams.serve.dropin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tensor's elements in JSON, row after row: flat, or an array a row. Numbers are read as they come, not as objects. */
final class TensorData {
    private static final int FLAT = -1;

    private double[] numbers = new double[64];
    private final List<String> texts = new ArrayList<>();
    private int size;
    private int rows;
    private int rowLength = FLAT;

    private TensorData() {}

    /** @return how many elements */
    int size() {
        return size;
    }

    /** @return whether all are texts; so is what is empty */
    boolean ofTexts() {
        return texts.size() == size;
    }

    /** @return whether all are numbers; so is what is empty */
    boolean ofNumbers() {
        return texts.isEmpty();
    }

    /** @return whether it is flat, or nested as rows of that length */
    boolean rowsOf(long length) {
        return rowLength == FLAT || rowLength == length;
    }

    List<String> texts() {
        return texts;
    }

    double number(int index) {
        return numbers[index];
    }

    private void add(double number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    /** Of one row in an array of its own, how long it is: all rows are alike. */
    private boolean endRow(int length) {
        boolean alike = rows == 0 || rowLength == length;
        rowLength = length;
        rows++;
        return alike;
    }

    /** Reads it, within one pass over the tokens. */
    static final class Reader extends StdDeserializer<TensorData> {
        private static final long serialVersionUID = 1;

        Reader() {
            super(TensorData.class);
        }

        @Override
        public TensorData deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            TensorData data = new TensorData();
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw misfit(context, "it must be an array");
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token != JsonToken.START_ARRAY) {
                    if (data.rows > 0) {
                        throw misfit(context, "[" + data.rows + "] must be an array as those before");
                    }
                    element(parser, context, data, "[" + data.size + "]");
                    continue;
                }
                int before = data.size;
                if (data.rows == 0 && before > 0) {
                    throw misfit(context, "[" + before + "] must be no array as those before");
                }
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    element(parser, context, data, "[" + data.rows + "][" + (data.size - before) + "]");
                }
                int length = data.rowLength;
                if (!data.endRow(data.size - before)) {
                    throw misfit(
                            context,
                            "[" + (data.rows - 1) + "] must have " + length + " elements as those before, had "
                                    + (data.size - before));
                }
            }
            return data;
        }

        private static void element(JsonParser parser, DeserializationContext context, TensorData data, String place)
                throws IOException {
            @Nullable JsonToken token = parser.currentToken();
            if (token != null && token.isNumeric()) {
                if (!data.ofNumbers()) {
                    throw misfit(context, place + " must be a text as those before");
                }
                data.add(parser.getDoubleValue());
            } else if (token == JsonToken.VALUE_STRING) {
                if (!data.ofTexts()) {
                    throw misfit(context, place + " must be a number as those before");
                }
                data.texts.add(parser.getText());
                data.size++;
            } else {
                throw misfit(context, place + " must be a number or a text");
            }
        }

        private static IOException misfit(DeserializationContext context, String message) {
            return com.fasterxml.jackson.databind.JsonMappingException.from(context, message);
        }
    }
}
