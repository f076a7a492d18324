package dev.assay.service.serve.desk;

import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Candidate;
import dev.assay.service.http.Problem;
import dev.assay.streams.features.ContextFeatures;
import dev.assay.streams.features.ContextSpec;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RejectionReason;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.score.FeatureRows;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.score.Scoring;
import dev.assay.streams.score.ScoringModel;
import dev.assay.streams.score.ScoringOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What all routes do alike: take one snapshot, make features, write numbers. */
public final class ScoringDesk {
    private static final int SNAPSHOT_RETRY_SECONDS = 1;

    private final NewestModel newest;
    private final FeatureSpace featureSpace;
    private final ContextSpec contextSpec;
    private final double level;
    private final int maxResponses;

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
        this.featureSpace = featureSpace;
        this.contextSpec = contextSpec;
        this.level = level;
        this.maxResponses = maxResponses;
    }

    /** @return d */
    public int dimension() {
        return featureSpace.dimension();
    }

    /** @return the version answered from; 0: none yet */
    public long version() {
        return newest.version();
    }

    /** @return where a request names none */
    public double level() {
        return level;
    }

    /** @return what clients send, and who makes features of it */
    public FeatureSpace.Kind featuresKind() {
        return featureSpace.kind();
    }

    /** @return ψ₀ of the snapshot; empty if it is of another context spec, whose ψ₀ nobody here knows */
    public OptionalDouble offset(ParameterSnapshot snapshot) {
        return snapshot.spaces().contextSpec().equals(contextSpec.id())
                ? OptionalDouble.of(contextSpec.offset())
                : OptionalDouble.empty();
    }

    /** @return the size of the vectors that clients send; empty where they send texts */
    public OptionalInt vectorSize() {
        return featureSpace.vectorSize();
    }

    /** @throws Problem 503 without a snapshot of this deployment's feature space */
    public ScoringModel model() {
        ScoringModel model = newest.get()
                .orElseThrow(() -> Problem.later(503, "no snapshot has been published yet", SNAPSHOT_RETRY_SECONDS));
        String published = model.snapshot().spaces().featureSpace();
        if (!published.equals(featureSpace.id())) {
            throw Problem.of(
                    503,
                    "the newest snapshot is of feature space " + published + ", this scorer has " + featureSpace.id());
        }
        return model;
    }

    /**
     * @throws Problem 503 as {@link #model}, or if the snapshot does not give the covariance asked for
     * @throws IllegalArgumentException as the options
     */
    public Scoring scoring(Asked asked, Centre unlessSaid) {
        return scoring(asked.options(unlessSaid));
    }

    /** @throws Problem 503 as {@link #model}, or if the snapshot does not give the covariance asked for */
    public Scoring scoring(ScoringOptions options) {
        ScoringModel model = model();
        return Scoring.of(model, options, level)
                .orElseThrow(() -> Problem.of(503, Scoring.noCovariance(model, options.covariance())));
    }

    /**
     * φ of responses.
     *
     * @param field their name in the request
     * @param space the space the client means; null: the deployment's
     * @throws Problem 400 naming the response, 503 where features are made elsewhere and that is away
     */
    public FeatureRows features(
            String field, @Nullable List<@Nullable ResponseBody> responses, @Nullable String space) {
        requireCount(field, responses == null ? 0 : responses.size());
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
                throw Problem.of(400, names.apply(i) + " must be an object, was null");
            }
            ResponseBody.checkId(names.apply(i), response.id());
            sent.add(new SentResponse(response.floats(), response.text()));
        }
        return featuresOf(names, sent, space);
    }

    /** @throws Problem 400 if there are none or too many */
    public void requireCount(String field, int count) {
        if (count < 1 || count > maxResponses) {
            throw Problem.of(400, field + " must be 1 to " + maxResponses + ", were " + count);
        }
    }

    /** The same of responses as texts or vectors; at least one. */
    public FeatureRows featuresOf(IntFunction<String> names, List<SentResponse> sent, @Nullable String space) {
        try {
            return FeatureRows.of(featureSpace.features(space, sent), featureSpace.dimension());
        } catch (Refusal whole) {
            throw refused(names, sent, space, whole);
        }
    }

    /** Who is at fault is found one by one: it is rare. */
    private Problem refused(IntFunction<String> names, List<SentResponse> sent, @Nullable String space, Refusal whole) {
        if (whole.reason() == RejectionReason.FEATURES_UNAVAILABLE) {
            return Problem.later(503, String.valueOf(whole.getMessage()), SNAPSHOT_RETRY_SECONDS);
        }
        for (int i = 0; i < sent.size(); i++) {
            try {
                featureSpace.features(space, sent.get(i).vector(), sent.get(i).text());
            } catch (Refusal one) {
                return Problem.of(400, inWords(names.apply(i), String.valueOf(one.getMessage())));
            }
        }
        return Problem.of(400, String.valueOf(whole.getMessage()));
    }

    /** The feature space names things as the topics do. */
    private static String inWords(String response, String message) {
        return message.startsWith("vector")
                ? response + ".features" + message.substring("vector".length())
                : response + ": " + message.replace("featureSpace", "feature_space");
    }

    /**
     * ψ of a context.
     *
     * @param field its name in the request
     * @param context attributes; null: none, the reference
     * @throws Problem 400 naming the attribute; 503 if the snapshot is of another context spec
     */
    public ContextFeatures context(String field, @Nullable Map<String, @Nullable Object> context, Scoring scoring) {
        String published = scoring.snapshot().spaces().contextSpec();
        if (!published.equals(contextSpec.id())) {
            throw Problem.of(
                    503,
                    "the newest snapshot is of context spec " + published + ", this scorer has " + contextSpec.id());
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        (context == null ? Map.<String, @Nullable Object>of() : context).forEach((name, value) -> {
            if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                throw Problem.of(
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
            throw Problem.of(400, field + ": " + e.getMessage());
        }
    }

    /** @return the beginning of every answer: what its numbers come from */
    public static Map<String, Object> head(Scoring scoring) {
        ParameterSnapshot snapshot = scoring.snapshot();
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("model", snapshot.model());
        head.put("parameter_version", snapshot.version());
        head.put("feature_space", snapshot.spaces().featureSpace());
        head.put("covariance", scoring.covarianceChoice().name().toLowerCase(Locale.ROOT));
        head.put("level", scoring.level());
        head.put("quantile", scoring.quantile());
        return head;
    }

    /** @return the beginning of an answer whose intervals hold together, by a critical value of its own */
    public static Map<String, Object> headOfSimultaneous(Scoring scoring) {
        Map<String, Object> head = head(scoring);
        head.remove("quantile");
        return head;
    }

    /** @return the beginning of an answer whose numbers depend on where they are counted from */
    public static Map<String, Object> headWithCenter(Scoring scoring) {
        Map<String, Object> head = head(scoring);
        head.put("center", scoring.centre() == Centre.CANDIDATES ? "candidates" : "feature-space");
        return head;
    }

    /** @return the number; null, which JSON has, for an infinite one, which it has not */
    public static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? (Double) number : null;
    }

    /** @return an interval in JSON's words */
    public static Map<String, Object> interval(Interval interval) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("estimate", interval.estimate());
        numbers.put("standard_error", interval.standardError());
        numbers.put("lower", interval.lower());
        numbers.put("upper", interval.upper());
        return numbers;
    }

    /** @return scored responses, as {@link #features} took them */
    public static List<ScoredResponse> scored(List<@Nullable ResponseBody> responses, List<Candidate> candidates) {
        List<ScoredResponse> scored = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            ResponseBody response = responses.get(candidate.index());
            scored.add(
                    ScoredResponse.of(candidate.index(), response == null ? null : response.id(), candidate.reward()));
        }
        return scored;
    }
}
