package dev.assay.service.serve;

import dev.assay.service.http.Access;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Bodies;
import dev.assay.service.http.Listener;
import dev.assay.service.http.OpenRequests;
import dev.assay.service.http.Problem;
import dev.assay.service.http.RequestMeters;
import dev.assay.service.serve.dashboard.ActivityRoute;
import dev.assay.service.serve.dashboard.ActivityStreams;
import dev.assay.service.serve.dashboard.Dashboard;
import dev.assay.service.serve.dashboard.Seen;
import dev.assay.service.serve.desk.Readiness;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.service.serve.dropin.DropIns;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.ServeSettings;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Scores over HTTP, and the page that shows them. */
public final class ScorerServer implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Javalin server;
    private final OpenRequests open = new OpenRequests();
    private final Access access;
    private final boolean anonymous;
    private final Bodies bodies;
    private final MeterRegistry meters;
    private final Readiness readiness;
    private final BooleanSupplier alive;
    private final ScoreRoute score;
    private final BestOfNRoute bestOfN;
    private final CompareRoute compare;
    private final RationalityRoute rationality;
    private final SuggestRoute suggest;
    private final LeaderboardRoute leaderboard;
    private final ModelRoute model;
    private final AnnotatorsRoute annotators;
    private final ActivityRoute activity;
    private final ActivityStreams streams;
    private final DropIns dropIns;

    /**
     * What the server stands on.
     *
     * @param name of the deployment
     * @param desk answers from the newest snapshot
     * @param decisions what is kept of answers
     * @param policies whose responses are ranked; null: none
     * @param alive whether what it stands on still works; not ever again if not
     * @param sinceConfirmed how long ago the broker said that there is nothing newer
     * @param seen what happens in the deployment, up to now
     * @param meters counts
     * @param clock the time, for ages
     */
    public record Surroundings(
            String name,
            ScoringDesk desk,
            KeptDecisions decisions,
            @Nullable PolicyResponses policies,
            BooleanSupplier alive,
            Supplier<Duration> sinceConfirmed,
            Supplier<Seen> seen,
            MeterRegistry meters,
            InstantSource clock) {}

    private ScorerServer(ServeSettings settings, GatewaySettings tokens, Surroundings around) {
        access = new Access(tokens);
        anonymous = settings.anonymous();
        bodies = new Bodies(settings);
        meters = around.meters();
        alive = around.alive();
        readiness = new Readiness(around.desk(), settings, around.sinceConfirmed(), around.clock());
        score = new ScoreRoute(around.desk(), around.decisions());
        bestOfN = new BestOfNRoute(around.desk(), around.decisions());
        compare = new CompareRoute(around.desk());
        rationality = new RationalityRoute(around.desk());
        suggest = new SuggestRoute(around.desk());
        leaderboard = new LeaderboardRoute(around.desk(), around.policies());
        model = new ModelRoute(around.desk(), around.clock());
        annotators = new AnnotatorsRoute(around.name(), around.desk().level(), around.seen());
        activity = new ActivityRoute(around.seen());
        streams = new ActivityStreams(around.seen(), around.desk()::version, meters);
        dropIns = new DropIns(around.desk(), settings.reward(), readiness, bodies, this::requireReader);
        server = Javalin.create(config -> configure(config, settings));
    }

    /**
     * Starts to listen.
     *
     * @param tokens whose bearers may read
     * @throws io.javalin.util.JavalinException if the port is taken or the key store cannot be used
     */
    public static ScorerServer start(ServeSettings settings, GatewaySettings tokens, Surroundings around) {
        ScorerServer scorer = new ScorerServer(settings, tokens, around);
        scorer.server.start();
        scorer.streams.start();
        return scorer;
    }

    /** @return the port it listens on */
    public int port() {
        return server.port();
    }

    private void configure(JavalinConfig config, ServeSettings settings) {
        Listener.configure(config, settings, open, new RequestMeters(meters, "serve"));
        config.routes.exception(
                IllegalArgumentException.class,
                (e, ctx) -> Answer.write(ctx, Problem.of(400, String.valueOf(e.getMessage()))));
        for (ServeEndpoint endpoint : ServeEndpoint.values()) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(endpoint.method()), endpoint.path(), handler(endpoint));
        }
        dropIns.addTo(config);
        for (Dashboard.Page page : Dashboard.Page.values()) {
            config.routes.addHttpHandler(HandlerType.GET, page.path(), page.handler());
        }
    }

    private Handler handler(ServeEndpoint endpoint) {
        return switch (endpoint) {
            case SCORE -> post(score::answer);
            case BEST_OF_N -> post(bestOfN::answer);
            case COMPARE -> post(compare::answer);
            case RATIONALITY -> post(rationality::answer);
            case SUGGEST -> post(suggest::answer);
            case MODEL -> get(model::answer);
            case LEADERBOARD ->
                ctx -> {
                    requireReader(ctx);
                    leaderboard.answer(ctx.queryParam("level")).write(ctx);
                };
            case ANNOTATORS ->
                ctx -> {
                    requireReader(ctx);
                    annotators
                            .answer(ctx.queryParam("limit"), ctx.queryParam("level"))
                            .write(ctx);
                };
            case REFUSALS -> get(activity::refusals);
            case ACTIVITY -> get(activity::activity);
            case ACTIVITY_STREAM ->
                ctx -> {
                    requireReader(ctx);
                    streams.open(ctx);
                };
            case DESCRIBE -> ScorerServer::describe;
            case LIVE ->
                ctx -> {
                    boolean live = alive.getAsBoolean();
                    new Answer(live ? 200 : 503, Map.of("live", live)).write(ctx);
                };
            case READY -> ctx -> readiness.answer().write(ctx);
        };
    }

    private Handler post(Function<byte[], Answer> route) {
        return ctx -> {
            requireReader(ctx);
            bodies.answerAtOnce(ctx, route);
        };
    }

    private Handler get(Supplier<Answer> route) {
        return ctx -> {
            requireReader(ctx);
            route.get().write(ctx);
        };
    }

    private void requireReader(Context ctx) {
        if (!anonymous) {
            access.require(ctx, CallerRole.READ);
        }
    }

    private static void describe(Context ctx) {
        try (InputStream document = ScorerServer.class.getResourceAsStream("/dev/assay/service/serve/openapi.json")) {
            ctx.contentType("application/json")
                    .result(Objects.requireNonNull(document).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return 200 if it answers from a snapshot that is fresh enough, else why not */
    public Answer readiness() {
        return readiness.answer();
    }

    /** Takes no more requests, and waits for those that have come. */
    @Override
    public void close() {
        streams.close(); // They are open requests that nobody would wait for.
        open.drain(DRAIN);
        server.stop();
    }
}
