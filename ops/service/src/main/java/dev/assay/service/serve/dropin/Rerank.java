package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.algebra.Require;
import dev.assay.service.http.Doc;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.streams.settings.CallerRole;
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
    @Doc(
            name = "RerankRequest",
            value = "vLLM's and Jina's, or with texts that of Text Embeddings Inference. Other fields are read over.",
            eitherOf = {"documents", "texts"})
    static final class Body {
        @JsonProperty
        @Doc(value = "Read over.", kinds = String.class)
        @Nullable
        JsonNode model;

        @JsonProperty
        @Doc(value = "Read over: φ is of the response alone.", kinds = String.class)
        @Nullable
        JsonNode query;

        @JsonProperty
        @Doc(
                value =
                        "vLLM's and Jina's: texts, or objects with one; 1 to score.max-candidates, 4096 unless configured.",
                minItems = 1,
                kinds = {String[].class, Document[].class})
        @Nullable
        JsonNode documents;

        @JsonProperty
        @Doc(value = "Of those, how many of the best; 0: all.", min = 0, unless = "0")
        @Nullable
        Integer topN;

        @JsonProperty
        @Doc(value = "Of those, whether they come back.", unless = "true")
        @Nullable
        Boolean returnDocuments;

        @JsonProperty
        @Doc(value = "Of those, whether 1/(1 + exp(-reward)) is answered.", unless = "false")
        @Nullable
        Boolean activation;

        @JsonProperty
        @Doc("The same by its newer name.")
        @Nullable
        Boolean useActivation;

        @JsonProperty
        @Doc(
                value = "Those of Text Embeddings Inference; 1 to score.max-candidates, 4096 unless configured.",
                minItems = 1,
                kinds = {String[].class, Document[].class})
        @Nullable
        JsonNode texts;

        @JsonProperty
        @Doc(value = "Of those, whether the reward is answered and not 1/(1 + exp(-reward)).", unless = "false")
        @Nullable
        Boolean rawScores;

        @JsonProperty
        @Doc(value = "Of those, whether they come back.", unless = "false")
        @Nullable
        Boolean returnText;

        @JsonProperty
        @Doc(value = "Read over.", kinds = Boolean.class)
        @Nullable
        JsonNode truncate;
    }

    /** What vLLM's and Jina's clients are answered. */
    @Doc(name = "RerankDocumentsAnswer")
    record Documents(
            @Doc("Of the request's bytes.") String id,
            @Doc("Name of the deployment.") String model,
            Usage usage,

            @Doc("The best first.") List<RankedDocument> results) {}

    /** We count none. */
    @Doc(name = "RerankUsage")
    record Usage(@Doc("0: none are counted.") int totalTokens) {}

    /** One of them. */
    @Doc(name = "RerankDocument")
    record RankedDocument(
            @Doc(value = "Place in documents.", min = 0) int index,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Document document,

            @Doc("serve.reward, nats; with activation between 0 and 1.")
            double relevanceScore) {}

    /** As it came. */
    @Doc(name = "RerankText")
    record Document(String text) {}

    /** What clients of Text Embeddings Inference are answered, in an array. */
    @Doc(name = "RerankTextAnswer")
    record RankedText(
            @Doc(value = "Place in texts.", min = 0) int index,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String text,

            @Doc("Between 0 and 1; with raw_scores serve.reward, nats.")
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
