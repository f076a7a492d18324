package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.assay.estimator.algebra.Require;
import dev.assay.service.http.Doc;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.json.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** KServe's inference request. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Doc(name = "InferRequest", value = "Other fields are read over.")
record InferRequest(
        @Doc("Comes back in the answer.") @Nullable String id,

        @Doc(value = "One: vectors or texts.", minItems = 1, maxItems = 1, required = true) @Nullable
        List<@Nullable Tensor> inputs,

        @Doc("Which to answer. Default: all.") @Nullable List<@Nullable Wanted> outputs) {
    /** The place of the responses in the request. */
    static final String FIELD = "inputs[0]";

    /** The place of their numbers or texts. */
    static final String DATA = FIELD + ".data";

    /** An output. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Doc(name = "InferOutput")
    record Wanted(
            @Doc(
                    of = {"reward", "standard_error", "lower", "upper", "mean"},
                    required = true)
            @Nullable
            String name) {}

    /**
     * @param body all of it: JSON, and after it binary data if there are any
     * @param jsonLength how much of it is JSON
     * @return what is to be scored
     * @throws IllegalArgumentException naming field, bound and value
     */
    List<SentResponse> responses(byte[] body, int jsonLength) {
        int count = inputs == null ? 0 : inputs.size();
        Tensor input = count == 1 && inputs != null ? inputs.get(0) : null;
        if (input == null) {
            throw new IllegalArgumentException("inputs must be one tensor, vectors or texts, were " + count);
        }
        int rest = body.length - jsonLength;
        Integer size = input.binarySize();
        Require.that(
                (size == null ? 0 : size) == rest,
                "%s.parameters.binary_data_size must be the %s bytes after the JSON, was %s",
                FIELD,
                rest,
                size == null ? "missing" : size);
        return input.responses(FIELD, size == null ? null : Tensor.binary(body, jsonLength, rest));
    }

    /** @return the names of the outputs to answer, in their order */
    List<String> wanted(List<String> all) {
        if (outputs == null || outputs.isEmpty()) {
            return all;
        }
        for (int i = 0; i < outputs.size(); i++) {
            Wanted output = outputs.get(i);
            String name = output == null ? null : output.name();
            Require.that(
                    name != null && all.contains(name),
                    "outputs[%s].name must be one of %s, was %s",
                    i,
                    all,
                    name == null ? "missing" : Shown.of(name));
        }
        return outputs.stream()
                .map(output -> String.valueOf(output == null ? null : output.name()))
                .distinct()
                .toList();
    }
}
