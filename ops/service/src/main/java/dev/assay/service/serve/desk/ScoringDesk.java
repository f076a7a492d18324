package dev.assay.service.serve.desk;

import dev.assay.estimator.selection.Centring;
import dev.assay.service.http.HttpProblem;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.features.ContextSpec;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.score.FeatureRows;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.score.NotScored;
import dev.assay.streams.score.Scored;
import dev.assay.streams.score.Scorer;
import dev.assay.streams.score.Scoring;
import dev.assay.streams.score.ScoringModel;
import dev.assay.streams.score.ScoringOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** HTTP's bodies to the scorer's words: one snapshot, features of responses, contexts, and what is wrong with them. */
public final class ScoringDesk {
    private static final int SNAPSHOT_RETRY_SECONDS = 1;

    private final NewestModel newest;
    private final Scorer scorer;
    private final ContextSpec contextSpec;

    /**
     * @param newest what to answer from
     * @param featureSpace responses to φ; used by many threads
     * @param contextSpec contexts to ψ
     * @param level where a request names none
     * @param maxResponses of one request
     */
    public ScoringDesk(
            NewestModel newest, FeatureSpace featureSpace, ContextSpec contextSpec, double level, int maxResponses) {
        this.newest = newest;
        this.scorer = new Scorer(featureSpace, level, maxResponses);
        this.contextSpec = contextSpec;
    }

    /** @return as HTTP says it; null: a mistake of ours */
    public static @Nullable HttpProblem problem(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof NotScored not) {
            return switch (not.why()) {
                case REFUSED -> HttpProblem.of(400, message);
                case NO_SNAPSHOT, FEATURES_UNAVAILABLE -> HttpProblem.later(503, message, SNAPSHOT_RETRY_SECONDS);
                case OTHER_SNAPSHOT -> HttpProblem.of(503, message);
            };
        }
        return thrown instanceof IllegalArgumentException ? HttpProblem.of(400, message) : null;
    }

    /** @return the version answered from; 0: none yet */
    public long version() {
        return newest.version();
    }

    /** @return where a request names none */
    public double level() {
        return scorer.defaultLevel();
    }

    /** @return what clients send, and who makes features of it */
    public FeatureSpace.Kind featuresKind() {
        return scorer.featureSpace().kind();
    }

    /** @return ψ₀ of the snapshot; empty if it is of another context spec, whose ψ₀ nobody here knows */
    public OptionalDouble offset(ParameterSnapshot snapshot) {
        return snapshot.spaces().contextSpec().equals(contextSpec.id())
                ? OptionalDouble.of(contextSpec.offset())
                : OptionalDouble.empty();
    }

    /** @return the size of the vectors that clients send; empty where they send texts */
    public OptionalInt vectorSize() {
        return scorer.featureSpace().vectorSize();
    }

    /** @throws NotScored without a snapshot of this deployment's feature space */
    public ScoringModel model() {
        return scorer.usable(newest.get().orElse(null));
    }

    /**
     * @throws NotScored as {@link #model}, or if the snapshot does not give the covariance asked for
     * @throws IllegalArgumentException as the options
     */
    public Scoring scoring(RequestOptions options, Centring unlessSaid) {
        return scoring(options.options(unlessSaid));
    }

    /** @throws NotScored as {@link #model}, or if the snapshot does not give the covariance asked for */
    public Scoring scoring(ScoringOptions options) {
        return scorer.scoring(model(), options);
    }

    /**
     * Responses with their rewards.
     *
     * @param field their name in the request
     * @throws NotScored as above, or naming the response that is refused
     */
    public Scored scored(
            RequestOptions options,
            Centring unlessSaid,
            String field,
            @Nullable List<@Nullable ResponseBody> responses) {
        Scoring scoring = scoring(options, unlessSaid);
        return scorer.score(scoring, features(field, responses, options.featureSpace));
    }

    /** The same of responses as texts or vectors; at least one. */
    public Scored scored(ScoringOptions options, String field, List<SentResponse> sent) {
        scorer.requireCount(field, sent.size());
        Scoring scoring = scoring(options);
        return scorer.score(scoring, scorer.features(i -> field + "[" + i + "]", sent, null));
    }

    /** @throws NotScored if there are none or too many */
    public void requireCount(String field, int count) {
        scorer.requireCount(field, count);
    }

    /**
     * φ of responses.
     *
     * @param field their name in the request
     * @param space the space the client means; null: the deployment's
     * @throws NotScored naming the response that is refused
     */
    public FeatureRows features(
            String field, @Nullable List<@Nullable ResponseBody> responses, @Nullable String space) {
        scorer.requireCount(field, responses == null ? 0 : responses.size());
        return features(i -> field + "[" + i + "]", Objects.requireNonNull(responses), space);
    }

    /**
     * @param names of each response in the request
     * @param responses at least one
     */
    public FeatureRows features(
            IntFunction<String> names, List<@Nullable ResponseBody> responses, @Nullable String space) {
        List<SentResponse> sent = new ArrayList<>(responses.size());
        for (int i = 0; i < responses.size(); i++) {
            ResponseBody response = responses.get(i);
            if (response == null) {
                throw HttpProblem.of(400, names.apply(i) + " must be an object, was null");
            }
            ResponseBody.checkId(names.apply(i), response.id());
            sent.add(new SentResponse(response.floats(), response.text()));
        }
        return scorer.features(names, sent, space);
    }

    /**
     * ψ of a context.
     *
     * @param field its name in the request
     * @param context attributes; null: none, the reference
     * @throws HttpProblem 400 naming the attribute; 503 if the snapshot is of another context spec
     */
    public ContextFeatures context(String field, @Nullable Map<String, @Nullable Object> context, Scoring scoring) {
        String published = scoring.snapshot().spaces().contextSpec();
        if (!published.equals(contextSpec.id())) {
            throw HttpProblem.of(
                    503,
                    "the newest snapshot is of context spec " + published + ", this scorer has " + contextSpec.id());
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        (context == null ? Map.<String, @Nullable Object>of() : context).forEach((name, value) -> {
            if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                throw HttpProblem.of(
                        400,
                        field + " must have texts, numbers, true and false for values, was "
                                + (value == null ? "null" : value instanceof Map ? "an object" : "an array") + " in "
                                + name);
            }
            attributes.put(name, value);
        });
        try {
            return contextSpec.encode(attributes);
        } catch (Refusal e) {
            throw HttpProblem.of(400, field + ": " + e.getMessage());
        }
    }
}
