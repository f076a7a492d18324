package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.selection.DOptimalDesign;
import dev.assay.estimator.selection.Suggestion;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Problem;
import dev.assay.service.serve.desk.Asked;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.score.FeatureRows;
import dev.assay.streams.score.Scoring;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private static final int MOST_NUMBERS =
            1 << 23; // of options times parameters: some 200 MiB with all that is around them
    private static final int MOST_OPTIONS = 50_000;

    private final ScoringDesk desk;

    SuggestRoute(ScoringDesk desk) {
        this.desk = desk;
    }

    /** Two responses to one prompt. */
    record PairBody(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("first") @Nullable ResponseBody first,
            @JsonProperty("second") @Nullable ResponseBody second) {}

    /** Several responses to one prompt, of which any two can be judged. */
    record PromptBody(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("candidates") @Nullable List<@Nullable ResponseBody> candidates) {}

    /** Somebody who could judge. */
    record AnnotatorBody(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("context") @Nullable Map<String, @Nullable Object> context) {}

    /** What it takes. */
    static final class Body extends Asked {
        @JsonProperty("pairs")
        @Nullable
        List<@Nullable PairBody> pairs;

        @JsonProperty("prompts")
        @Nullable
        List<@Nullable PromptBody> prompts;

        @JsonProperty("context")
        @Nullable
        Map<String, @Nullable Object> context;

        @JsonProperty("annotators")
        @Nullable
        List<@Nullable AnnotatorBody> annotators;

        @JsonProperty("count")
        @Nullable
        Integer count;
    }

    /** A pair that could be judged, with the words that name it in the answer; both are rows of the features. */
    private record Option(Map<String, Object> words, int first, int second) {}

    /** All responses of a request, in the order in which their features are made. */
    private static final class Pool {
        final List<Option> options = new ArrayList<>();
        final List<@Nullable ResponseBody> responses = new ArrayList<>();
        final List<String> names = new ArrayList<>();

        int add(String name, @Nullable ResponseBody response) {
            responses.add(response);
            names.add(name);
            return responses.size() - 1;
        }
    }

    Answer answer(byte[] bytes) {
        Body body = RequestBody.read(bytes, Body.class);
        int count = body.count == null ? USUAL_COUNT : body.count;
        if (count < 1 || count > MOST_SUGGESTIONS) {
            throw Problem.of(400, "count must be 1 to " + MOST_SUGGESTIONS + ", was " + count);
        }
        Pool pool = pool(body);
        Scoring scoring = desk.scoring(body, Centre.FEATURE_SPACE);
        Cholesky information = scoring.model()
                .informationFactor()
                .orElseThrow(() -> Problem.of(
                        503, "the information of snapshot " + scoring.snapshot().version() + " is singular"));
        List<String> annotators = new ArrayList<>();
        List<ContextFeatures> contexts = contexts(body, annotators, scoring);
        requireRoom(pool.options.size(), contexts.size(), information.size());
        FeatureRows features = desk.features(pool.names::get, pool.responses, body.featureSpace);
        List<Comparison> possible = new ArrayList<>();
        for (Option option : pool.options) {
            Vector difference = features.row(option.first).minus(features.row(option.second));
            for (ContextFeatures context : contexts) {
                possible.add(new Comparison(context.offset(), Vector.ofFloats(context.context()), difference, 1, 1));
            }
        }
        int[] pairs = IntStream.range(0, possible.size())
                .map(option -> option / contexts.size())
                .toArray();
        DOptimalDesign design =
                DOptimalDesign.ofQuestions(scoring.snapshot().parameters(), information, possible, pairs, count);
        Map<String, Object> answer = ScoringDesk.head(scoring);
        answer.put(
                "suggestions",
                design.suggestions().stream()
                        .map(suggestion -> suggestion(suggestion, pool, annotators, contexts.size()))
                        .toList());
        answer.put("total_gain", design.totalGain());
        return new Answer(200, answer);
    }

    private static Map<String, Object> suggestion(
            Suggestion suggestion, Pool pool, List<String> annotators, int contexts) {
        Map<String, Object> words = new LinkedHashMap<>(pool.options.get(suggestion.index() / contexts).words);
        if (!annotators.isEmpty()) {
            words.put("annotator", annotators.get(suggestion.index() % contexts));
        }
        words.put("probability_first", suggestion.probability());
        words.put("gain", suggestion.gain());
        words.put("gain_alone", suggestion.gainAlone());
        return words;
    }

    private static Pool pool(Body body) {
        if ((body.pairs == null) == (body.prompts == null)) {
            throw Problem.of(
                    400, "either pairs or prompts must be given, was " + (body.pairs == null ? "neither" : "both"));
        }
        Pool pool = new Pool();
        if (body.pairs != null) {
            for (int i = 0; i < body.pairs.size(); i++) {
                addPair(pool, i, body.pairs.get(i));
            }
        } else {
            List<@Nullable PromptBody> prompts = java.util.Objects.requireNonNull(body.prompts);
            for (int i = 0; i < prompts.size(); i++) {
                addPrompt(pool, i, prompts.get(i));
            }
        }
        if (pool.options.isEmpty()) {
            throw Problem.of(
                    400, (body.pairs != null ? "pairs" : "prompts") + " must have at least one pair, had none");
        }
        return pool;
    }

    private static void addPair(Pool pool, int index, @Nullable PairBody pair) {
        String name = "pairs[" + index + "]";
        if (pair == null) {
            throw Problem.of(400, name + " must be an object, was null");
        }
        ResponseBody.checkId(name, pair.id());
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("pair", index);
        if (pair.id() != null) {
            words.put("id", pair.id());
        }
        int first = pool.add(name + ".first", pair.first());
        int second = pool.add(name + ".second", pair.second());
        pool.options.add(new Option(words, first, second));
    }

    private static void addPrompt(Pool pool, int index, @Nullable PromptBody prompt) {
        String name = "prompts[" + index + "]";
        if (prompt == null || prompt.candidates() == null) {
            throw Problem.of(400, name + " must be an object with candidates, was without");
        }
        ResponseBody.checkId(name, prompt.id());
        int from = pool.responses.size();
        for (int i = 0; i < prompt.candidates().size(); i++) {
            pool.add(name + ".candidates[" + i + "]", prompt.candidates().get(i));
        }
        for (int first = from; first < pool.responses.size(); first++) {
            for (int second = first + 1; second < pool.responses.size(); second++) {
                Map<String, Object> words = new LinkedHashMap<>();
                words.put("prompt", index);
                if (prompt.id() != null) {
                    words.put("id", prompt.id());
                }
                words.put("first", first - from);
                words.put("second", second - from);
                pool.options.add(new Option(words, first, second));
                requireRoom(pool.options.size(), 1, 1); // before the memory is gone
            }
        }
    }

    private static void requireRoom(int pairs, int contexts, int parameters) {
        long most = Math.min(MOST_OPTIONS, MOST_NUMBERS / parameters);
        if ((long) pairs * contexts > most) {
            throw Problem.of(
                    400,
                    "pairs times annotators must be at most " + most + " for " + parameters + " parameters, were "
                            + (long) pairs * contexts);
        }
    }

    /** Who could judge: the annotators, or somebody in the one context, or somebody at the reference. */
    private List<ContextFeatures> contexts(Body body, List<String> annotators, Scoring scoring) {
        if (body.annotators == null) {
            return List.of(desk.context("context", body.context, scoring));
        }
        if (body.context != null) {
            throw Problem.of(400, "context must not be given beside annotators, which have their own");
        }
        desk.requireCount("annotators", body.annotators.size());
        List<ContextFeatures> contexts = new ArrayList<>();
        for (int i = 0; i < body.annotators.size(); i++) {
            AnnotatorBody annotator = body.annotators.get(i);
            if (annotator == null || annotator.id() == null) {
                throw Problem.of(400, "annotators[" + i + "] must be an object with an id, was without");
            }
            ResponseBody.checkId("annotators[" + i + "]", annotator.id());
            annotators.add(annotator.id());
            contexts.add(desk.context("annotators[" + i + "].context", annotator.context(), scoring));
        }
        return contexts;
    }
}
