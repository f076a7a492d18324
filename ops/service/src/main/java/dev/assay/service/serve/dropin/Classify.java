package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.http.Doc;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.streams.settings.CallerRole;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code POST /classify} of vLLM, by which verl asks a reward model: a classifier with one class. */
final class Classify {
    private static final String LABEL = "reward";

    private Classify() {}

    /** What is read of a request. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Doc(name = "ClassifyRequest", value = "As vLLM takes it. Other fields are read over.")
    record Body(
            @Doc(value = "Read over.", kinds = String.class) @Nullable
            JsonNode model,

            @Doc(
                    value = "A text, or 1 to score.max-candidates, 4096 unless configured.",
                    minItems = 1,
                    required = true,
                    kinds = {String.class, String[].class, Rerank.Document[].class})
            @Nullable
            JsonNode input,

            @Doc(value = "Whether 1/(1 + exp(-reward)) is answered.", unless = "true") @Nullable
            Boolean activation,

            @Doc("The same by its newer name.") @Nullable Boolean useActivation) {}

    /** What it is answered. */
    @Doc(name = "ClassifyAnswer")
    record Classified(
            @Doc("Of the request's bytes.") String id,
            @Doc(of = "list") String object,

            @Doc("Name of the deployment.") String model,
            @Doc("In the order of input.") List<Classes> data,
            Usage usage) {}

    /** Of one text. */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    @Doc(name = "ClassifyClasses")
    record Classes(
            @Doc(value = "Place in input.", min = 0) int index,

            @Doc(of = LABEL) String label,

            @Doc(value = "serve.reward, between 0 and 1 unless activation is false.", minItems = 1, maxItems = 1)
            double[] probs,

            @Doc(min = 1, max = 1) int numClasses) {}

    /** We count none. */
    @Doc(name = "ClassifyUsage", value = "0: none are counted.")
    record Usage(int promptTokens, int totalTokens) {}

    static Route route(DropIns dropIns) {
        return dropIns.posted(
                        "/classify",
                        (request, rewarding) ->
                                answer(Request.json(request.body(), Body.class), DropIns.id(request), rewarding))
                .by(CallerRole.READ)
                .named("classify", "vLLM's classify, by which verl asks")
                .saying("One class, reward. The model's features must be made of text.")
                .takes(Body.class)
                .answers(Classified.class);
    }

    /** @param id of the answer */
    static Classified answer(Body body, String id, Rewarding rewarding) {
        JsonNode input = body.input();
        List<String> texts = input != null && input.isTextual() ? List.of(input.textValue()) : Texts.of("input", input);
        Rewards rewards = rewarding.of("input", Texts.responses(texts));
        boolean raw = Boolean.FALSE.equals(body.useActivation() == null ? body.activation() : body.useActivation());
        List<Classes> data = IntStream.range(0, texts.size())
                .mapToObj(index -> new Classes(index, LABEL, new double[] {rewards.score(index, !raw)}, 1))
                .toList();
        return new Classified("classify-" + id, "list", rewards.model(), data, new Usage(0, 0));
    }
}
