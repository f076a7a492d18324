package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.assay.service.http.Doc;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.json.Shown;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One input of KServe's inference request: N vectors of d numbers, or N texts. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Doc(name = "InferInput", value = "N vectors of d numbers, or N texts.")
record Tensor(
        @Doc("Any.") @Nullable String name,

        @Doc(
                value = "[N, d] of FP32 or FP64, [N] or [N, 1] of BYTES.",
                minItems = 1,
                maxItems = 2,
                eachMin = 0,
                required = true)
        @Nullable
        List<@Nullable Integer> shape,

        @Doc(
                value = "In KServe's words.",
                of = {"FP32", "FP64", "BYTES"},
                required = true)
        @Nullable
        String datatype,

        @JsonDeserialize(using = TensorData.Reader.class)
        @Doc(
                value = "Row after row: flat, or an array a row.",
                kinds = {Double[].class, String[].class, Double[][].class, String[][].class})
        @Nullable
        TensorData data,

        @Nullable Parameters parameters) {

    /** What belongs to it of the bytes after the JSON. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Doc(name = "InferParameters")
    record Parameters(
            @Doc(value = "Bytes after the JSON that are this input.", min = 0) @Nullable
            Integer binaryDataSize) {}

    /** @return bytes of its own after the JSON; null if it is in JSON */
    @Nullable
    Integer binarySize() {
        return parameters == null ? null : parameters.binaryDataSize();
    }

    /**
     * @param field its name in the request
     * @param binary what is its own of the bytes after the JSON; null if it is in JSON
     * @return as many as its shape says
     * @throws IllegalArgumentException naming field, bound and value
     */
    List<SentResponse> responses(String field, @Nullable ByteBuffer binary) {
        if (datatype == null) {
            throw new IllegalArgumentException(field + ".datatype must be FP32, FP64 or BYTES, was missing");
        }
        return switch (datatype) {
            case "FP32", "FP64" -> vectors(field, binary);
            case "BYTES" -> texts(field, binary);
            default ->
                throw new IllegalArgumentException(
                        field + ".datatype must be FP32, FP64 or BYTES, was " + Shown.of(datatype));
        };
    }

    private List<SentResponse> vectors(String field, @Nullable ByteBuffer binary) {
        int[] sizes = sizes();
        if (sizes.length != 2 || sizes[0] < 0 || sizes[1] < 1) {
            throw shapeMustBe(field, "[N, d]");
        }
        int count = sizes[0];
        int dimension = sizes[1];
        long elements = (long) count * dimension;
        int width = "FP32".equals(datatype) ? Float.BYTES : Double.BYTES;
        if (binary == null) {
            TensorData numbers = inJson(field);
            if (!numbers.ofNumbers() || !numbers.rowsOf(dimension) || numbers.size() != elements) {
                throw new IllegalArgumentException(field + ".data must be " + elements + " numbers as shape " + shape
                        + " says, " + found(numbers));
            }
        } else if (binary.remaining() != elements * width) {
            throw new IllegalArgumentException(
                    field + " must have " + elements * width + " bytes of binary data, had " + binary.remaining());
        }
        List<SentResponse> responses = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            float[] vector = new float[dimension];
            for (int column = 0; column < dimension; column++) {
                double number = number(row * dimension + column, binary, width);
                vector[column] = (float) number;
                if (!Float.isFinite(vector[column])) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "%s.data[%d][%d] must be finite as float32, was %s",
                            field,
                            row,
                            column,
                            number));
                }
            }
            responses.add(new SentResponse(vector, null));
        }
        return responses;
    }

    private double number(int at, @Nullable ByteBuffer binary, int width) {
        if (binary == null) {
            return java.util.Objects.requireNonNull(data).number(at);
        }
        int byteAt = binary.position() + at * width;
        return width == Float.BYTES ? binary.getFloat(byteAt) : binary.getDouble(byteAt);
    }

    private List<SentResponse> texts(String field, @Nullable ByteBuffer binary) {
        int[] sizes = sizes();
        boolean column = sizes.length == 2 && sizes[1] == 1;
        if (!(sizes.length == 1 || column) || sizes[0] < 0) {
            throw shapeMustBe(field, "[N] or [N, 1]");
        }
        int count = sizes[0];
        if (binary != null) {
            return Texts.responses(decoded(field, binary, count));
        }
        TensorData texts = inJson(field);
        if (!texts.ofTexts() || !texts.rowsOf(1) || texts.size() != count) {
            throw new IllegalArgumentException(
                    field + ".data must be " + count + " texts as shape " + shape + " says, " + found(texts));
        }
        return Texts.responses(texts.texts());
    }

    /** Each text has its length before it, four bytes. */
    private static List<String> decoded(String field, ByteBuffer binary, int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = binary.remaining() < Integer.BYTES ? -1 : binary.getInt();
            if (length < 0 || length > binary.remaining()) {
                throw new IllegalArgumentException(
                        field + " must have binary data of " + count + " texts, they end within text " + i);
            }
            ByteBuffer text = binary.slice(binary.position(), length);
            binary.position(binary.position() + length);
            try {
                texts.add(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(field + ".data[" + i + "] must be UTF-8", e);
            }
        }
        if (binary.hasRemaining()) {
            throw new IllegalArgumentException(
                    field + " must have binary data of " + count + " texts, had " + binary.remaining() + " bytes more");
        }
        return texts;
    }

    private TensorData inJson(String field) {
        if (data == null) {
            throw new IllegalArgumentException(field + ".data must be an array, was missing");
        }
        return data;
    }

    /** @return the shape; what is missing counts as -1 */
    private int[] sizes() {
        return shape == null
                ? new int[0]
                : shape.stream().mapToInt(size -> size == null ? -1 : size).toArray();
    }

    private IllegalArgumentException shapeMustBe(String field, String wanted) {
        return new IllegalArgumentException(field + ".shape must be " + wanted + " for " + datatype + ", was "
                + (shape == null ? "missing" : Shown.of(shape.toString())));
    }

    private static String found(TensorData data) {
        return "were " + data.size() + (data.ofNumbers() ? " numbers" : " texts") + " or other rows";
    }

    /** @return in the order of bytes that KServe's binary data have */
    static ByteBuffer binary(byte[] body, int from, int length) {
        return ByteBuffer.wrap(body, from, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    }
}
