package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.estimator.inference.Interval;
import dev.assay.service.http.Doc;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What KServe's protocol is answered: the one contract of other people here that carries vectors. */
final class KServe {
    private static final List<String> OUTPUTS = List.of("reward", "standard_error", "lower", "upper", "mean");

    private KServe() {}

    /** A tensor without its numbers. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    @Doc(name = "KServeTensor")
    record Shape(
            String name,
            @Doc("In KServe's words.") String datatype,
            @Doc("-1: any number.") int[] shape) {}

    /** A tensor with its numbers. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    @Doc(name = "KServeOutput")
    record Output(
            @Doc(of = {"reward", "standard_error", "lower", "upper", "mean"})
            String name,

            @Doc(of = "FP64") String datatype,
            @Doc("[N].") int[] shape,
            @Doc("One a response, nats.") double[] data) {}

    /** To an inference; in JSON, whatever the request came in. */
    @Doc(name = "InferAnswer")
    record Inferred(
            @Doc("Name of the deployment.") String modelName,
            @Doc("Of the snapshot.") String modelVersion,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Doc("As in the request.") @Nullable
            String id,

            @Doc("What the numbers come from.") Rewards.Origin parameters,

            @Doc("reward is serve.reward: lower or mean.") List<Output> outputs) {}

    /** Of the model. */
    @Doc(name = "KServeModel")
    record Model(
            @Doc("Of the deployment.") String name,
            @Doc("Of the snapshot.") List<String> versions,
            @Doc(of = "assay") String platform,
            List<Shape> inputs,
            List<Shape> outputs) {}

    /** Of the server. */
    @Doc(name = "KServeServer")
    record Server(@Doc(of = "assay") String name, String version, List<String> extensions) {}

    static Inferred inferred(InferRequest request, Rewards rewards) {
        return new Inferred(
                rewards.model(),
                Long.toString(rewards.origin().parameterVersion()),
                request.id(),
                rewards.origin(),
                request.wanted(OUTPUTS).stream()
                        .map(name -> output(name, rewards))
                        .toList());
    }

    private static Output output(String name, Rewards rewards) {
        ToDoubleFunction<Interval> number = switch (name) {
            case "standard_error" -> Interval::standardError;
            case "lower" -> Interval::lower;
            case "upper" -> Interval::upper;
            case "mean" -> Interval::estimate;
            default -> rewards.choice();
        };
        return new Output(name, "FP64", new int[] {rewards.intervals().size()}, rewards.all(number));
    }

    static Server server(String version) {
        return new Server("assay", version, List.of("binary_tensor_data"));
    }

    /** @param vectorSize of the vectors that are taken; empty: texts are */
    static Model model(String name, long version, OptionalInt vectorSize) {
        return new Model(
                name,
                List.of(Long.toString(version)),
                "assay",
                List.of(
                        vectorSize.isPresent()
                                ? shape("features", "FP32", -1, vectorSize.getAsInt())
                                : shape("text", "BYTES", -1)),
                OUTPUTS.stream().map(output -> shape(output, "FP64", -1)).toList());
    }

    private static Shape shape(String name, String datatype, int... shape) {
        return new Shape(name, datatype, shape);
    }
}
