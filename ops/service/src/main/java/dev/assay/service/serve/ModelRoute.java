package dev.assay.service.serve;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.selection.Centring;
import dev.assay.service.http.Doc;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.Route;
import dev.assay.service.serve.desk.Head;
import dev.assay.service.serve.desk.IntervalAnswer;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.score.Scoring;
import dev.assay.streams.score.ScoringOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/model}: the snapshot answered from, every parameter with its interval. */
record ModelRoute(ScoringDesk desk, InstantSource clock) {
    private static final double MILLIS = 1000;

    /** What it answers. */
    @Doc(name = "ModelAnswer", value = "The snapshot that is answered from.")
    record Model(
            @JsonUnwrapped Head head,
            @JsonUnwrapped Published published,
            @JsonUnwrapped Fitted fitted,
            @JsonUnwrapped Made made,

            @Doc("γ.") List<Parameter> rationality,

            @Doc("θ.") List<Parameter> reward,

            List<Remark> diagnostics) {}

    /** When, and as what. */
    record Published(
            @Doc(
                    value =
                            "rerun: the exact maximum. incremental: one Newton step from the last rerun, with all judgments in it.",
                    of = {"rerun", "incremental"})
            String kind,

            @Doc("The older version that was published again as this one; null: none.") @Nullable
            Long rolledBackFrom,

            Instant publishedAt,

            @Doc("Since it was published, seconds.") double ageSeconds) {}

    /** From what, and how well. */
    record Fitted(
            @Doc(value = "That count.", min = 0) long judgments,

            @Doc(value = "Sum of their weights, n of MODEL.", min = 0)
            double weight,

            @Doc(value = "Annotators, and judgments without one, G of MODEL (13).", min = 0)
            double clusters,

            @Doc(value = "ℓ of MODEL (2), nats.", max = 0) double logLikelihood,

            @Doc(value = "Of the descent.", min = 0) int rounds,

            @Doc("λ² of MODEL (9), squared standard errors.")
            double decrement,

            @Doc(value = "Of incremental: estimated distance from the exact maximum, standard errors; else 0.", min = 0)
            double drift) {}

    /** By what, and of what. */
    record Made(
            @Doc("Id of the context spec.") String contextSpec,

            @Doc(
                    "ψ₀ of MODEL (1): the rationality of the reference; null where the snapshot is of another context spec than the scorer.")
            @Nullable
            Double offset,

            Features features,

            @Doc("Of the code that published.") String codeRevision,

            @Doc("Java and processor that published.") String runtime) {}

    /** What a client sends of a response. */
    @Doc(name = "FeaturesKind", value = "What a client sends of a response.")
    record Features(
            @Doc(
                    value =
                            "vectors: numbers. text: a text, of which the scorer makes features. embeddings: a text, of which an embedding server makes them.",
                    of = {"text", "vectors", "embeddings"})
            String kind,

            @Doc(value = "Numbers of a vector; null where texts are sent.", min = 1) @Nullable
            Integer dimension) {}

    /** One parameter; nats, or rationality, a unit of the feature. */
    @Doc(name = "Parameter", value = "θ or γ, nats, or rationality, a unit of the feature.")
    record Parameter(
            @Doc("Of the feature, or of the attribute and its level.")
            String name,

            @JsonUnwrapped IntervalAnswer interval) {}

    /** What the fit found worth saying. */
    @Doc(name = "Diagnostic", value = "What the fit found worth saying.")
    record Remark(String name, @Nullable Double value, String message) {
        static Remark of(Diagnostic found) {
            return new Remark(found.name(), IntervalAnswer.finite(found.value()), found.message());
        }
    }

    Route route() {
        return Route.get("/v1/model", request -> answer())
                .named("model", "The snapshot answered from, every parameter with its interval")
                .answers(Model.class)
                .refuses(503);
    }

    private HttpAnswer answer() {
        Scoring scoring =
                desk.scoring(new ScoringOptions(null, null, CovarianceKind.AUTOMATIC, Centring.FEATURE_SPACE));
        ParameterSnapshot snapshot = scoring.snapshot();
        Inference inference = scoring.inference();
        Duration age = Duration.between(snapshot.origin().publishedAt(), clock.instant());
        return new HttpAnswer(
                200,
                new Model(
                        Head.of(scoring),
                        new Published(
                                Head.word(snapshot.kind()),
                                snapshot.origin().rolledBackFrom(),
                                snapshot.origin().publishedAt(),
                                age.toMillis() / MILLIS),
                        new Fitted(
                                snapshot.sums().judgments(),
                                snapshot.sums().weight(),
                                snapshot.sums().clusters(),
                                snapshot.sums().logLikelihood(),
                                snapshot.quality().rounds(),
                                snapshot.quality().decrement(),
                                snapshot.quality().drift()),
                        made(snapshot),
                        parameters(inference, snapshot.spaces().rationalityNames(), snapshot.rewardDimension()),
                        parameters(inference, snapshot.spaces().rewardNames(), 0),
                        snapshot.quality().diagnostics().stream()
                                .map(Remark::of)
                                .toList()));
    }

    private Made made(ParameterSnapshot snapshot) {
        OptionalDouble offset = desk.offset(snapshot);
        return new Made(
                snapshot.spaces().contextSpec(),
                offset.isPresent() ? (Double) offset.getAsDouble() : null,
                new Features(
                        Head.word(desk.featuresKind()),
                        desk.vectorSize().isPresent()
                                ? (Integer) desk.vectorSize().getAsInt()
                                : null),
                snapshot.origin().codeRevision(),
                snapshot.origin().runtime());
    }

    private static List<Parameter> parameters(Inference inference, List<String> names, int from) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Parameter(names.get(i), IntervalAnswer.of(inference.parameter(from + i))))
                .toList();
    }
}
