package dev.assay.service.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.service.http.Route;
import dev.assay.service.serve.dashboard.DashboardState;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.model.Decision;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.Decisions;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.ServeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A scorer on a free port, with snapshots of the small deployment put in by hand. */
final class ServedScorer implements AutoCloseable {
    static final Deployment DEPLOYMENT = small();
    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final int D = DEPLOYMENT.shape().rewardDimension();
    private static final int K = DEPLOYMENT.shape().rationalityDimension();

    final NewestModel newest = new NewestModel(new SimpleMeterRegistry());
    final List<Decision> kept = new CopyOnWriteArrayList<>();
    Duration unconfirmed = Duration.ZERO;
    volatile DashboardState seen = DashboardState.NOTHING;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScorerServer server;

    /** Four features and one context attribute: d = 4, k = 4. */
    private static Deployment small() {
        ServiceConfig config = ServiceConfig.parse("""
                model: small
                kafka: {bootstrap.servers: "localhost:1"}
                topics: {shards: 1}
                context:
                  attributes:
                    - {name: kind, kind: categorical, reference: regular, levels: [expert, novice, adversarial]}
                    - {name: fatigue, kind: numeric}
                features: {kind: vectors, name: small, dimension: 4}
                rerun: {interval: PT1S, minimum-judgments: 100}
                """, Map.of());
        return new Deployment(config, config.features().open(Path.of(".")));
    }

    /** An answer. */
    record Reply(int status, JsonNode json) {}

    ServedScorer() {
        this(ServeSettings.DEFAULTS);
    }

    ServedScorer(ServeSettings settings) {
        this(settings, DEPLOYMENT.featureSpace());
    }

    ServedScorer(ServeSettings settings, FeatureSpace featureSpace) {
        this(settings, featureSpace, null);
    }

    ServedScorer(ServeSettings settings, FeatureSpace featureSpace, @Nullable PolicyResponses policies) {
        this(settings, featureSpace, policies, DEPLOYMENT.config().servers().gateway());
    }

    ServedScorer(
            ServeSettings settings,
            FeatureSpace featureSpace,
            @Nullable PolicyResponses policies,
            GatewaySettings tokens) {
        server = ScorerServer.start(settings.withPort(0), tokens, around(featureSpace, policies));
    }

    private ScorerServer.Surroundings around(FeatureSpace featureSpace, @Nullable PolicyResponses policies) {
        return new ScorerServer.Surroundings(
                DEPLOYMENT.model(),
                new ScoringDesk(newest, featureSpace, DEPLOYMENT.contextSpec(), 0.95, 64),
                new KeptDecisions(new DecisionMaker(Decisions.FEATURES, 1 << 20), kept::add, InstantSource.fixed(NOW)),
                policies,
                new ScorerServer.Life(() -> true, () -> unconfirmed),
                () -> seen,
                new SimpleMeterRegistry(),
                InstantSource.fixed(NOW));
    }

    /** What a scorer answers. */
    static List<Route> routes() {
        try (ServedScorer scorer = new ServedScorer()) {
            return scorer.server.http().routes();
        }
    }

    /** With information 4 I every parameter has the standard error ½; θ = version · (1, 0, −1, ½), γ = (½, −½, −1½, 0). */
    static ParameterSnapshot snapshot(long version) {
        return snapshot(version, DEPLOYMENT.featureSpace().id());
    }

    static ParameterSnapshot snapshot(long version, String featureSpace) {
        return snapshot(version, featureSpace, List.of());
    }

    /** The same, of a fit that remarked something. */
    static ParameterSnapshot remarked(long version, Diagnostic remark) {
        return snapshot(version, DEPLOYMENT.featureSpace().id(), List.of(remark));
    }

    private static ParameterSnapshot snapshot(long version, String featureSpace, List<Diagnostic> remarks) {
        Vector reward = Vector.of(1, 0, -1, 0.5).times((double) version);
        return new ParameterSnapshot(
                DEPLOYMENT.model(),
                version,
                ParameterSnapshot.Kind.RERUN,
                new Parameters(reward, Vector.of(0.5, -0.5, -1.5, 0)),
                new ParameterSnapshot.Spaces(
                        featureSpace,
                        DEPLOYMENT.contextSpec().id(),
                        DEPLOYMENT.featureSpace().names(),
                        DEPLOYMENT.contextSpec().names()),
                new ParameterSnapshot.Sums(
                        PackedSymmetric.zeros(D + K)
                                .plusDiagonal(Vector.zeros(D + K).plus(ones())),
                        Vector.zeros(D * K),
                        PackedSymmetric.zeros(D + K),
                        1000,
                        1000,
                        10,
                        -600),
                new ParameterSnapshot.Quality(0, 0, 5, remarks),
                new ParameterSnapshot.Origin(List.of(1000L), null, "test", "test", NOW.minusSeconds(10)));
    }

    private static Vector ones() {
        double[] fours = new double[D + K];
        java.util.Arrays.fill(fours, 4);
        return Vector.of(fours);
    }

    String url() {
        return "http://127.0.0.1:" + server.http().port();
    }

    Reply post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url() + path)).build());
    }

    Reply send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Reply(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
    }

    @Override
    public void close() {
        server.close();
    }
}
