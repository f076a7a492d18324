package dev.assay.service.serve.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.features.SentResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KServeTest {
    private static final byte[] NOTHING = {};

    private final Asking model = Asking.lower();

    private static List<SentResponse> responses(String request) {
        return Asking.read(InferRequest.class, request).responses(NOTHING, 0);
    }

    private static List<SentResponse> responses(String request, byte[] binary) {
        return Asking.read(InferRequest.class, request).responses(binary, 0);
    }

    private static List<List<Float>> vectors(List<SentResponse> responses) {
        return responses.stream()
                .map(response -> {
                    float[] vector = Objects.requireNonNull(response.vector());
                    return java.util.stream.IntStream.range(0, vector.length)
                            .mapToObj(i -> vector[i])
                            .toList();
                })
                .toList();
    }

    private JsonNode answer(String request) {
        InferRequest read = Asking.read(InferRequest.class, request);
        return Asking.written(KServe.inferred(read, model.of(InferRequest.FIELD, read.responses(NOTHING, 0))));
    }

    @Test
    void vectorsGoInAndRewardsComeOut() {
        JsonNode answer = answer("""
                {'id': '42', 'inputs': [{'name': 'features', 'shape': [2, 3], 'datatype': 'FP32', 'data': [3, 0, 0.5, 1, 0, 0]}]}""");

        assertThat(answer).isEqualTo(Asking.json("""
                {'model_name': 'example', 'model_version': '7', 'id': '42',
                 'parameters': {'parameter_version': 7, 'feature_space': 'space', 'covariance': 'model', 'quantile': 2.0},
                 'outputs': [
                   {'name': 'reward', 'datatype': 'FP64', 'shape': [2], 'data': [2.0, 0.0]},
                   {'name': 'standard_error', 'datatype': 'FP64', 'shape': [2], 'data': [0.5, 0.5]},
                   {'name': 'lower', 'datatype': 'FP64', 'shape': [2], 'data': [2.0, 0.0]},
                   {'name': 'upper', 'datatype': 'FP64', 'shape': [2], 'data': [4.0, 2.0]},
                   {'name': 'mean', 'datatype': 'FP64', 'shape': [2], 'data': [3.0, 1.0]}]}"""));
    }

    @Test
    void onlyTheOutputsAskedForAreAnswered() {
        JsonNode answer = answer("""
                {'inputs': [{'name': 'x', 'shape': [1, 1], 'datatype': 'FP32', 'data': [3]}],
                 'outputs': [{'name': 'upper', 'parameters': {'binary_data': true}}, {'name': 'reward'}, {'name': 'upper'}]}""");

        assertThat(answer.get("outputs").findValuesAsText("name")).containsExactly("upper", "reward");
        assertThat(answer.has("id")).isFalse();
        assertThatThrownBy(() -> answer("""
                {'inputs': [{'name': 'x', 'shape': [1, 1], 'datatype': 'FP32', 'data': [3]}], 'outputs': [{'name': 'score'}]}"""))
                .hasMessage("outputs[0].name must be one of [reward, standard_error, lower, upper, mean], was score");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"FP32 | [1, 2.5, -3, 4]", "FP64 | [1, 2.5, -3, 4]", "FP32 | [[1, 2.5], [-3, 4]]"})
    void vectorsMayBeFlatOrNested(String datatype, String data) {
        List<SentResponse> read = responses(
                "{'inputs': [{'name': 'x', 'shape': [2, 2], 'datatype': '" + datatype + "', 'data': " + data + "}]}");

        assertThat(vectors(read)).containsExactly(List.of(1f, 2.5f), List.of(-3f, 4f));
    }

    @Test
    void vectorsMayBeBinary() {
        ByteBuffer floats = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(1).putFloat(2.5f).putFloat(-3).putFloat(4);
        ByteBuffer doubles = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        doubles.putDouble(0.1).putDouble(2);

        assertThat(vectors(responses("""
                {'inputs': [{'name': 'x', 'shape': [2, 2], 'datatype': 'FP32', 'parameters': {'binary_data_size': 16}}]}""", floats.array()))).containsExactly(List.of(1f, 2.5f), List.of(-3f, 4f));
        assertThat(vectors(responses("""
                {'inputs': [{'name': 'x', 'shape': [2, 1], 'datatype': 'FP64', 'parameters': {'binary_data_size': 16}}]}""", doubles.array()))).containsExactly(List.of(0.1f), List.of(2f));
    }

    @Test
    void binaryDataBeginWhereTheJsonEnds() {
        ByteBuffer body = ByteBuffer.allocate(7).order(ByteOrder.LITTLE_ENDIAN);
        body.put(new byte[] {'{', '}', ' '}).putFloat(2.5f);
        InferRequest request = Asking.read(InferRequest.class, """
                {'inputs': [{'name': 'x', 'shape': [1, 1], 'datatype': 'FP32', 'parameters': {'binary_data_size': 4}}]}""");

        assertThat(vectors(request.responses(body.array(), 3))).containsExactly(List.of(2.5f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'shape': [2], 'data': ['a', 'é']", "'shape': [2, 1], 'data': [['a'], ['é']]"})
    void textsGoInAsBytes(String tensor) {
        List<SentResponse> read = responses("{'inputs': [{'name': 'text', 'datatype': 'BYTES', " + tensor + "}]}");

        assertThat(read).extracting(SentResponse::text).containsExactly("a", "é");
    }

    @Test
    void textsMayBeBinary() {
        byte[] accented = "é".getBytes(StandardCharsets.UTF_8);
        ByteBuffer binary = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
        binary.putInt(1).put((byte) 'a').putInt(2).put(accented);

        assertThat(responses(binaryTexts(11), binary.array()))
                .extracting(SentResponse::text)
                .containsExactly("a", "é");
    }

    @Test
    void binaryTextsMustEndWhereTheirLengthsSay() {
        ByteBuffer early = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN);
        early.putInt(1).put((byte) 'a');
        ByteBuffer late = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer broken = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN);
        broken.putInt(0).putInt(1).put((byte) 0xff);

        assertThatThrownBy(() -> responses(binaryTexts(5), early.array()))
                .hasMessage("inputs[0] must have binary data of 2 texts, they end within text 1");
        assertThatThrownBy(() -> responses(binaryTexts(9), late.array()))
                .hasMessage("inputs[0] must have binary data of 2 texts, had 1 bytes more");
        assertThatThrownBy(() -> responses(binaryTexts(9), broken.array()))
                .hasMessage("inputs[0].data[1] must be UTF-8");
        assertThatThrownBy(() -> responses(binaryTexts(8), early.array()))
                .hasMessage("inputs[0].parameters.binary_data_size must be the 5 bytes after the JSON, was 8");
    }

    private static String binaryTexts(int size) {
        return "{'inputs': [{'name': 'text', 'shape': [2], 'datatype': 'BYTES', 'parameters': {'binary_data_size': "
                + size + "}}]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'shape': [2], 'datatype': 'FP32', 'data': [1, 2] | inputs[0].shape must be [N, d] for FP32, was [2]",
                "'shape': [2, 0], 'datatype': 'FP32', 'data': [] | inputs[0].shape must be [N, d] for FP32, was [2, 0]",
                "'shape': [-1, 2], 'datatype': 'FP64', 'data': [] | inputs[0].shape must be [N, d] for FP64, was [-1, 2]",
                "'datatype': 'FP64', 'data': [] | inputs[0].shape must be [N, d] for FP64, was missing",
                "'shape': [9999999999, 1], 'datatype': 'FP32', 'data': [] | inputs[0].shape[0] must be a whole number of at most 4 bytes, was 9999999999",
                "'shape': [2, 2], 'datatype': 'BYTES', 'data': [] | inputs[0].shape must be [N] or [N, 1] for BYTES, was [2, 2]",
                "'shape': [1, 2], 'datatype': 'INT64', 'data': [1, 2] | inputs[0].datatype must be FP32, FP64 or BYTES, was INT64",
                "'shape': [1, 2], 'data': [1, 2] | inputs[0].datatype must be FP32, FP64 or BYTES, was missing",
                "'shape': [1, 2], 'datatype': 'FP32' | inputs[0].data must be an array, was missing",
                "'shape': [2, 2], 'datatype': 'FP32', 'data': [1, 2, 3] | inputs[0].data must be 4 numbers as shape [2, 2] says, were 3 numbers or other rows",
                "'shape': [2, 2], 'datatype': 'FP32', 'data': [[1, 2, 3, 4]] | inputs[0].data must be 4 numbers as shape [2, 2] says, were 4 numbers or other rows",
                "'shape': [1, 1], 'datatype': 'FP32', 'data': ['1'] | inputs[0].data must be 1 numbers as shape [1, 1] says, were 1 texts or other rows",
                "'shape': [1], 'datatype': 'BYTES', 'data': [1] | inputs[0].data must be 1 texts as shape [1] says, were 1 numbers or other rows",
                "'shape': [1, 2], 'datatype': 'FP64', 'data': [1, 1e39] | inputs[0].data[0][1] must be finite as float32, was 1.0E39",
                "'shape': [1, 1], 'datatype': 'FP32', 'parameters': {'binary_data_size': 0} | inputs[0] must have 4 bytes of binary data, had 0",
                "'shape': [1, 2], 'datatype': 'FP32', 'data': 5 | inputs[0].data must be an array, was 5",
                "'shape': [1, 2], 'datatype': 'FP32', 'data': [1, null] | inputs[0].data[1] must be a number, was null",
                "'shape': [1, 2], 'datatype': 'FP32', 'data': [[1, 'x']] | inputs[0].data[0][1] must be a number, was \"x\"",
                "'shape': [1, 2], 'datatype': 'FP32', 'data': ['x', 1] | inputs[0].data[1] must be text, was 1",
                "'shape': [2, 2], 'datatype': 'FP32', 'data': [[1, 2], [3]] | inputs[0].data[1]: must have 2 elements as those before, had 1",
                "'shape': [2, 2], 'datatype': 'FP32', 'data': [[1, 2], 3] | inputs[0].data[1] must be an array, was 3",
                "'shape': [2, 2], 'datatype': 'FP32', 'data': [1, [2, 3]] | inputs[0].data[1] must be a number, was [2,3]",
                "'shape': [1, 1], 'datatype': 'FP32', 'data': [[[1]]] | inputs[0].data[0][0] must be a number, was [1]",
            })
    void whatIsNoTensorIsSaidWithItsPlace(String tensor, String message) {
        assertThatThrownBy(() -> responses("{'inputs': [{'name': 'x', " + tensor + "}]}"))
                .hasMessage(message);
    }

    @Test
    void oneInputIsOneTensor() {
        assertThatThrownBy(() -> responses("{}")).hasMessage("inputs must be one tensor, vectors or texts, were 0");
        assertThatThrownBy(() -> responses("{'inputs': [{}, {}]}"))
                .hasMessage("inputs must be one tensor, vectors or texts, were 2");
        assertThatThrownBy(() -> responses("{'inputs': [null]}"))
                .hasMessage("inputs must be one tensor, vectors or texts, were 1");
    }

    @Test
    void metadataSayWhatIsTaken() {
        JsonNode vectors = Asking.written(KServe.model("example", 7, OptionalInt.of(3)));
        JsonNode texts = Asking.written(KServe.model("example", 7, OptionalInt.empty()));

        assertThat(vectors.get("inputs"))
                .isEqualTo(Asking.json("[{'name': 'features', 'datatype': 'FP32', 'shape': [-1, 3]}]"));
        assertThat(texts.get("inputs"))
                .isEqualTo(Asking.json("[{'name': 'text', 'datatype': 'BYTES', 'shape': [-1]}]"));
        assertThat(vectors.get("versions")).isEqualTo(Asking.json("['7']"));
        assertThat(vectors.get("outputs").findValuesAsText("name"))
                .containsExactly("reward", "standard_error", "lower", "upper", "mean");
    }
}
