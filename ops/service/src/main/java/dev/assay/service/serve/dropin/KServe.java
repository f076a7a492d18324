package dev.assay.service.serve.dropin;

import dev.assay.estimator.inference.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;

/** KServe's Open Inference Protocol, version 2, over HTTP: the one contract of other people here that carries vectors. */
final class KServe {
    private static final List<String> OUTPUTS = List.of("reward", "standard_error", "lower", "upper", "mean");

    private KServe() {}

    /** @return what {@code POST /v2/models/{m}/infer} is answered with; in JSON, whatever the request came in */
    static Map<String, Object> inferred(InferRequest request, Rewards rewards) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("model_name", rewards.model());
        answer.put("model_version", Long.toString(rewards.version()));
        if (request.id() != null) {
            answer.put("id", request.id());
        }
        answer.put("parameters", rewards.origin());
        answer.put(
                "outputs",
                request.wanted(OUTPUTS).stream()
                        .map(name -> output(name, rewards))
                        .toList());
        return answer;
    }

    private static Map<String, Object> output(String name, Rewards rewards) {
        ToDoubleFunction<Interval> number = switch (name) {
            case "standard_error" -> Interval::standardError;
            case "lower" -> Interval::lower;
            case "upper" -> Interval::upper;
            case "mean" -> Interval::estimate;
            default -> rewards.choice();
        };
        Map<String, Object> output = tensor(name, "FP64", rewards.intervals().size());
        output.put("data", rewards.all(number));
        return output;
    }

    /** @return {@code GET /v2} */
    static Map<String, Object> server(String version) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", "assay");
        answer.put("version", version);
        answer.put("extensions", List.of("binary_tensor_data"));
        return answer;
    }

    /**
     * @param vectorSize of the vectors that are taken; empty: texts are
     * @return {@code GET /v2/models/{m}}
     */
    static Map<String, Object> model(String name, long version, OptionalInt vectorSize) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", name);
        answer.put("versions", List.of(Long.toString(version)));
        answer.put("platform", "assay");
        answer.put(
                "inputs",
                List.of(
                        vectorSize.isPresent()
                                ? tensor("features", "FP32", -1, vectorSize.getAsInt())
                                : tensor("text", "BYTES", -1)));
        answer.put(
                "outputs",
                OUTPUTS.stream().map(output -> tensor(output, "FP64", -1)).toList());
        return answer;
    }

    private static Map<String, Object> tensor(String name, String datatype, int... shape) {
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("name", name);
        tensor.put("datatype", datatype);
        tensor.put("shape", shape);
        return tensor;
    }
}
