package dev.assay.service.serve;

import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.inference.Inference;
import dev.assay.service.http.Answer;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ScoreRequest.Centre;
import dev.assay.streams.model.ScoreRequest.CovarianceChoice;
import dev.assay.streams.score.Scoring;
import dev.assay.streams.score.ScoringOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** {@code GET /v1/model}: the snapshot answered from, every parameter with its interval. */
final class ModelRoute {
    private static final double MILLIS = 1000;

    private final ScoringDesk desk;
    private final InstantSource clock;

    ModelRoute(ScoringDesk desk, InstantSource clock) {
        this.desk = desk;
        this.clock = clock;
    }

    Answer answer() {
        Scoring scoring =
                desk.scoring(new ScoringOptions(null, null, CovarianceChoice.AUTOMATIC, Centre.FEATURE_SPACE));
        ParameterSnapshot snapshot = scoring.snapshot();
        Map<String, Object> answer = ScoringDesk.head(scoring);
        answer.put("kind", snapshot.kind().name().toLowerCase(Locale.ROOT));
        answer.put("rolled_back_from", snapshot.origin().rolledBackFrom());
        answer.put("published_at", snapshot.origin().publishedAt().toString());
        answer.put(
                "age_seconds",
                Duration.between(snapshot.origin().publishedAt(), clock.instant())
                                .toMillis()
                        / MILLIS);
        answer.put("judgments", snapshot.sums().judgments());
        answer.put("weight", snapshot.sums().weight());
        answer.put("clusters", snapshot.sums().clusters());
        answer.put("log_likelihood", snapshot.sums().logLikelihood());
        answer.put("rounds", snapshot.quality().rounds());
        answer.put("decrement", snapshot.quality().decrement());
        answer.put("drift", snapshot.quality().drift());
        answer.put("context_spec", snapshot.spaces().contextSpec());
        OptionalDouble offset = desk.offset(snapshot);
        answer.put("offset", offset.isPresent() ? (Double) offset.getAsDouble() : null);
        answer.put("features", features());
        answer.put("code_revision", snapshot.origin().codeRevision());
        answer.put("runtime", snapshot.origin().runtime());
        Inference inference = scoring.inference();
        answer.put(
                "rationality", parameters(inference, snapshot.spaces().rationalityNames(), snapshot.rewardDimension()));
        answer.put("reward", parameters(inference, snapshot.spaces().rewardNames(), 0));
        answer.put(
                "diagnostics",
                snapshot.quality().diagnostics().stream()
                        .map(ModelRoute::diagnostic)
                        .toList());
        return new Answer(200, answer);
    }

    private Map<String, Object> features() {
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("kind", desk.featuresKind().name().toLowerCase(Locale.ROOT));
        features.put(
                "dimension",
                desk.vectorSize().isPresent() ? (Integer) desk.vectorSize().getAsInt() : null);
        return features;
    }

    private static List<Map<String, Object>> parameters(Inference inference, List<String> names, int from) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Map<String, Object> parameter = new LinkedHashMap<>();
            parameter.put("name", names.get(i));
            parameter.putAll(ScoringDesk.interval(inference.parameter(from + i)));
            parameters.add(parameter);
        }
        return parameters;
    }

    private static Map<String, Object> diagnostic(Diagnostic found) {
        Map<String, Object> diagnostic = new LinkedHashMap<>();
        diagnostic.put("name", found.name());
        diagnostic.put("value", found.value());
        diagnostic.put("message", found.message());
        return diagnostic;
    }
}
