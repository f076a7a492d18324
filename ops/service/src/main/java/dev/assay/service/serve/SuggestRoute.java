package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.selection.Centring;
import dev.assay.estimator.selection.DOptimalDesign;
import dev.assay.estimator.selection.Suggestion;
import dev.assay.service.http.Doc;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.service.serve.desk.Head;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.RequestOptions;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.score.FeatureRows;
import dev.assay.streams.score.Scoring;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/suggest}: which pairs to have judged next, and by whom: those that tell most of θ and γ on top of all judgments
 * so far, MODEL (23); each pair once. Who labels in batches asks for a batch: later suggestions know of earlier ones.
 */
final class SuggestRoute {
    private static final int USUAL_COUNT = 10;
    private static final int MOST_SUGGESTIONS = 10_000;

    private final ScoringDesk desk;

    SuggestRoute(ScoringDesk desk) {
        this.desk = desk;
    }

    /** Two responses to one prompt. */
    @Doc(name = "SuggestPair")
    record PairBody(
            @Doc("Comes back.") @Nullable String id,

            @Doc(required = true) @Nullable ResponseBody first,

            @Doc(required = true) @Nullable ResponseBody second) {}

    /** Several responses to one prompt, of which any two can be judged. */
    @Doc(name = "SuggestPrompt")
    record PromptBody(
            @Doc("Comes back.") @Nullable String id,

            @Doc(value = "Any two of them can be suggested.", required = true) @Nullable
            List<@Nullable ResponseBody> candidates) {}

    /** Somebody who could judge. */
    @Doc(name = "SuggestAnnotator")
    record AnnotatorBody(
            @Doc(value = "Comes back as annotator.", required = true) @Nullable
            String id,

            @Doc(RationalityRoute.CONTEXT) @Nullable Map<String, @Nullable Object> context) {}

    /** What it takes. */
    @Doc(
            name = "SuggestRequest",
            value =
                    "Either pairs or prompts. Pairs times annotators are at most 50,000, times parameters at most 8,388,608. Without context and annotators somebody at the reference judges.",
            eitherOf = {"pairs", "prompts"})
    static final class Body extends RequestOptions {
        @JsonProperty
        @Doc(value = "Pairs that could be judged.", minItems = 1)
        @Nullable
        List<@Nullable PairBody> pairs;

        @JsonProperty
        @Doc(value = "Prompts of whose candidates any two could be judged.", minItems = 1)
        @Nullable
        List<@Nullable PromptBody> prompts;

        @JsonProperty
        @Doc(RationalityRoute.CONTEXT)
        @Nullable
        Map<String, @Nullable Object> context;

        @JsonProperty
        @Doc(value = "Who could judge; each pair is suggested for each at most once. Excludes context.", minItems = 1)
        @Nullable
        List<@Nullable AnnotatorBody> annotators;

        @JsonProperty
        @Doc(value = "How many are wanted; fewer come where there are fewer.", min = 1, max = 10000, unless = "10")
        @Nullable
        Integer count;
    }

    /** What it answers. */
    @Doc(name = "SuggestAnswer", value = "What to have judged next.")
    record Suggestions(
            @JsonUnwrapped Head head,

            @Doc("The best first.") List<Suggested> suggestions,

            @Doc(value = "Sum of the gains, nats.", min = 0) double totalGain) {}

    /** One of them. */
    @Doc(name = "Suggestion", value = "A judgment worth asking for.")
    record Suggested(
            @JsonUnwrapped Named pair,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Doc("Id of who should judge, where annotators were given.")
            @Nullable
            String annotator,

            @Doc(value = "That the first will be preferred, MODEL (1).", min = 0, max = 1)
            double probabilityFirst,

            @Doc(
                    value =
                            "Growth of ln det J by this judgment on top of those before it, ln(1 + π(1-π) vᵀJ⁻¹v) of MODEL (3) to (5), nats.",
                    min = 0)
            double gain,

            @Doc(value = "The same if it were the only one, nats.", min = 0)
            double gainAlone) {}

    /** A pair as the request names it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Named(
            @Doc(value = "Place in pairs.", min = 0) @Nullable
            Integer pair,

            @Doc(value = "Place in prompts.", min = 0) @Nullable
            Integer prompt,

            @Doc("Of the pair or prompt, if it has one.") @Nullable
            String id,

            @Doc(value = "With prompts: place of a candidate.", min = 0) @Nullable
            Integer first,

            @Doc(value = "With prompts: place of another.", min = 0) @Nullable
            Integer second) {}

    Route route() {
        return Route.post("/v1/suggest", this::answer)
                .named("suggest", "What to have judged next")
                .saying(
                        "The batch that tells most of θ and γ on top of all judgments so far (greedy, by ln det J). Nothing"
                                + " is remembered: what was suggested and not yet judged is suggested again.")
                .takes(Body.class)
                .answers(Suggestions.class)
                .refuses(503);
    }

    private HttpAnswer answer(Request request) {
        Body body = RequestBody.read(request.body(), Body.class);
        int count = body.count == null ? USUAL_COUNT : body.count;
        if (count < 1 || count > MOST_SUGGESTIONS) {
            throw HttpProblem.of(400, "count must be 1 to " + MOST_SUGGESTIONS + ", was " + count);
        }
        PossiblePairs pool = PossiblePairs.of(body.pairs, body.prompts);
        Scoring scoring = desk.scoring(body, Centring.FEATURE_SPACE);
        Cholesky information = scoring.model()
                .informationFactor()
                .orElseThrow(() -> HttpProblem.of(
                        503, "the information of snapshot " + scoring.snapshot().version() + " is singular"));
        List<String> annotators = new ArrayList<>();
        List<ContextFeatures> contexts = contexts(body, annotators, scoring);
        PossiblePairs.requireRoom(pool.options().size(), contexts.size(), information.size());
        FeatureRows features = desk.features(pool.names()::get, pool.responses(), body.featureSpace);
        List<Comparison> possible = new ArrayList<>();
        for (PossiblePairs.Option option : pool.options()) {
            Vector difference = features.row(option.first()).minus(features.row(option.second()));
            for (ContextFeatures context : contexts) {
                possible.add(new Comparison(context.offset(), Vector.ofFloats(context.context()), difference, 1, 1));
            }
        }
        int[] pairs = IntStream.range(0, possible.size())
                .map(option -> option / contexts.size())
                .toArray();
        DOptimalDesign design =
                DOptimalDesign.ofQuestions(scoring.snapshot().parameters(), information, possible, pairs, count);
        List<Suggested> suggestions = design.suggestions().stream()
                .map(suggestion -> suggested(suggestion, pool, annotators, contexts.size()))
                .toList();
        return new HttpAnswer(200, new Suggestions(Head.of(scoring), suggestions, design.totalGain()));
    }

    private static Suggested suggested(
            Suggestion suggestion, PossiblePairs pool, List<String> annotators, int contexts) {
        return new Suggested(
                pool.options().get(suggestion.index() / contexts).named(),
                annotators.isEmpty() ? null : annotators.get(suggestion.index() % contexts),
                suggestion.probability(),
                suggestion.gain(),
                suggestion.gainAlone());
    }

    /** Who could judge: the annotators, or somebody in the one context, or somebody at the reference. */
    private List<ContextFeatures> contexts(Body body, List<String> annotators, Scoring scoring) {
        if (body.annotators == null) {
            return List.of(desk.context("context", body.context, scoring));
        }
        if (body.context != null) {
            throw HttpProblem.of(400, "context must not be given beside annotators, which have their own");
        }
        desk.requireCount("annotators", body.annotators.size());
        List<ContextFeatures> contexts = new ArrayList<>();
        for (int i = 0; i < body.annotators.size(); i++) {
            AnnotatorBody annotator = body.annotators.get(i);
            if (annotator == null || annotator.id() == null) {
                throw HttpProblem.of(400, "annotators[" + i + "] must be an object with an id, was without");
            }
            ResponseBody.checkId("annotators[" + i + "]", annotator.id());
            annotators.add(annotator.id());
            contexts.add(desk.context("annotators[" + i + "].context", annotator.context(), scoring));
        }
        return contexts;
    }
}
