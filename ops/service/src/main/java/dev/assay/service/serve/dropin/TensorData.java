package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw MismatchedInputException.from(parser, List.class, "no array");
            }
            TensorData data = new TensorData();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    row(parser, data);
                } else if (data.rows > 0) {
                    throw at(MismatchedInputException.from(parser, List.class, "no array"), data.rows);
                } else {
                    element(parser, data, data.size);
                }
            }
            return data;
        }

        private static void row(JsonParser parser, TensorData data) throws IOException {
            int before = data.size;
            int row = data.rows;
            if (row == 0 && before > 0) {
                throw unfit(parser, data, before);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                element(parser, data, row, data.size - before);
            }
            int usual = data.rowLength;
            if (!data.endRow(data.size - before)) {
                throw at(
                        new JsonMappingException(
                                parser,
                                "must have " + usual + " elements as those before, had " + (data.size - before)),
                        row);
            }
        }

        private static void element(JsonParser parser, TensorData data, int... place) throws IOException {
            boolean number = parser.currentToken().isNumeric();
            boolean text = parser.currentToken() == JsonToken.VALUE_STRING;
            if (number && data.ofNumbers()) {
                data.add(parser.getDoubleValue());
            } else if (text && data.ofTexts()) {
                data.texts.add(parser.getText());
                data.size++;
            } else {
                throw unfit(parser, data, place);
            }
        }

        private static JsonMappingException unfit(JsonParser parser, TensorData data, int... place) {
            // What is asked for is what came before; a single double in words is "a number".
            Class<?> wanted = data.ofNumbers() ? double.class : String.class;
            return at(MismatchedInputException.from(parser, wanted, "another kind"), place);
        }

        private static <T extends JsonMappingException> T at(T error, int... place) {
            for (int i = place.length - 1; i >= 0; i--) {
                error.prependPath(TensorData.class, place[i]);
            }
            return error;
        }
    }
}
