package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.algebra.Require;
import dev.assay.service.http.OneOf;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.streams.settings.CallerRole;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/rerank} of vLLM and Jina and {@code POST /rerank} of Text Embeddings Inference, told apart by {@code texts}.
 * The texts are responses to the query; their rewards do not depend on it, as φ is of the response alone.
 */
final class Rerank {
    private Rerank() {}

    /** What is read of either request. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(
            name = "RerankRequest",
            description =
                    "vLLM's and Jina's, or with texts that of Text Embeddings Inference. Other fields are read over.")
    @OneOf({"documents", "texts"})
    static final class Body {
        @JsonProperty
        @Schema(description = "Read over.")
        @Nullable
        JsonNode model;

        @JsonProperty
        @Schema(description = "Read over: φ is of the response alone.")
        @Nullable
        JsonNode query;

        @JsonProperty
        @ArraySchema(
                minItems = 1,
                schema = @Schema(implementation = Texts.Wrapped.class),
                arraySchema =
                        @Schema(
                                description =
                                        "vLLM's and Jina's: texts, or objects with one; 1 to score.max-candidates,"
                                                + " 4096 unless configured."))
        @Nullable
        JsonNode documents;

        @JsonProperty
        @Schema(description = "Of those, how many of the best; 0: all.", minimum = "0", defaultValue = "0")
        @Nullable
        Integer topN;

        @JsonProperty
        @Schema(description = "Of those, whether they come back.", defaultValue = "true")
        @Nullable
        Boolean returnDocuments;

        @JsonProperty
        @Schema(description = "Of those, whether 1/(1 + exp(-reward)) is answered.", defaultValue = "false")
        @Nullable
        Boolean activation;

        @JsonProperty
        @Schema(description = "The same by its newer name.")
        @Nullable
        Boolean useActivation;

        @JsonProperty
        @ArraySchema(
                minItems = 1,
                schema = @Schema(implementation = Texts.Wrapped.class),
                arraySchema =
                        @Schema(
                                description =
                                        "Those of Text Embeddings Inference; 1 to score.max-candidates, 4096 unless"
                                                + " configured."))
        @Nullable
        JsonNode texts;

        @JsonProperty
        @Schema(
                description = "Of those, whether the reward is answered and not 1/(1 + exp(-reward)).",
                defaultValue = "false")
        @Nullable
        Boolean rawScores;

        @JsonProperty
        @Schema(description = "Of those, whether they come back.", defaultValue = "false")
        @Nullable
        Boolean returnText;

        @JsonProperty
        @Schema(description = "Read over.")
        @Nullable
        JsonNode truncate;
    }

    /** What vLLM's and Jina's clients are answered. */
    @Schema(name = "RerankDocumentsAnswer")
    record Documents(
            @Schema(description = "Of the request's bytes.") String id,
            @Schema(description = "Name of the deployment.") String model,
            Usage usage,

            @ArraySchema(arraySchema = @Schema(description = "The best first."))
            List<RankedDocument> results) {}

    /** We count none. */
    @Schema(name = "RerankUsage")
    record Usage(
            @Schema(description = "0: none are counted.") int totalTokens) {}

    /** One of them. */
    @Schema(name = "RerankDocument")
    record RankedDocument(
            @Schema(description = "Place in documents.", minimum = "0")
            int index,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Document document,

            @Schema(description = "serve.reward, nats; with activation between 0 and 1.")
            double relevanceScore) {}

    /** As it came. */
    @Schema(name = "RerankText")
    record Document(String text) {}

    /** What clients of Text Embeddings Inference are answered, in an array. */
    @Schema(name = "RerankTextAnswer")
    record RankedText(
            @Schema(description = "Place in texts.", minimum = "0")
            int index,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String text,

            @Schema(description = "Between 0 and 1; with raw_scores serve.reward, nats.")
            double score) {}

    static List<Route> routes(DropIns dropIns) {
        return List.of(
                route(dropIns, "/v1/rerank").named("rerankV1", "vLLM's and Jina's rerank; takes both shapes"),
                route(dropIns, "/rerank").named("rerank", "Text Embeddings Inference's rerank; takes both shapes"));
    }

    private static Route route(DropIns dropIns, String path) {
        return dropIns.posted(
                        path,
                        (request, rewarding) ->
                                answer(Request.json(request.body(), Body.class), DropIns.id(request), rewarding))
                .by(CallerRole.READ)
                .saying("Told apart by texts. The model's features must be made of text.")
                .takes(Body.class)
                .answers(Documents.class, RankedText[].class);
    }

    /** @param id of the answer, for vLLM's and Jina's clients */
    static Object answer(Body body, String id, Rewarding rewarding) {
        boolean texts = body.texts != null && !body.texts.isNull();
        boolean documents = body.documents != null && !body.documents.isNull();
        Require.that(!(texts && documents), "texts and documents exclude each other, both were given");
        return texts ? textsRanked(body, rewarding) : documentsRanked(body, id, rewarding);
    }

    private static List<RankedText> textsRanked(Body body, Rewarding rewarding) {
        List<String> texts = Texts.of("texts", body.texts);
        Rewards rewards = rewarding.of("texts", Texts.responses(texts));
        boolean raw = Boolean.TRUE.equals(body.rawScores);
        boolean returned = Boolean.TRUE.equals(body.returnText);
        return rewards.ranked().stream()
                .map(index -> new RankedText(index, returned ? texts.get(index) : null, rewards.score(index, !raw)))
                .toList();
    }

    private static Documents documentsRanked(Body body, String id, Rewarding rewarding) {
        int top = body.topN == null ? 0 : body.topN;
        Require.that(top >= 0, "top_n must be 0, for all, or more, was %s", top);
        List<String> documents = Texts.of("documents", body.documents);
        Rewards rewards = rewarding.of("documents", Texts.responses(documents));
        boolean activated = Boolean.TRUE.equals(body.useActivation == null ? body.activation : body.useActivation);
        boolean returned = !Boolean.FALSE.equals(body.returnDocuments);
        List<RankedDocument> results = rewards.ranked().stream()
                .limit(top == 0 ? documents.size() : top)
                .map(index -> new RankedDocument(
                        index, returned ? new Document(documents.get(index)) : null, rewards.score(index, activated)))
                .toList();
        return new Documents("rerank-" + id, rewards.model(), new Usage(0), results);
    }
}
