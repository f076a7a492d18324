package dev.assay.service.serve;

import dev.assay.service.http.Access;
import dev.assay.service.http.Health;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpServer;
import dev.assay.service.http.OwnFile;
import dev.assay.service.http.Route;
import dev.assay.service.serve.dashboard.ActivityRoute;
import dev.assay.service.serve.dashboard.ActivityStreams;
import dev.assay.service.serve.dashboard.Dashboard;
import dev.assay.service.serve.dashboard.DashboardState;
import dev.assay.service.serve.desk.Readiness;
import dev.assay.service.serve.desk.ScoringDesk;
import dev.assay.service.serve.dropin.DropIns;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.ServeSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Scores over HTTP, and the page that shows them. */
public final class ScorerServer implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final HttpServer http;
    private final Readiness readiness;
    private final ActivityStreams streams;

    /**
     * What the server stands on.
     *
     * @param name of the deployment
     * @param desk answers from the newest snapshot
     * @param decisions what is kept of answers
     * @param policies whose responses are ranked; null: none
     * @param life whether what it stands on still works
     * @param seen what happens in the deployment, up to now
     * @param meters counts
     * @param clock the time, for ages
     */
    public record Surroundings(
            String name,
            ScoringDesk desk,
            KeptDecisions decisions,
            @Nullable PolicyResponses policies,
            Life life,
            Supplier<DashboardState> seen,
            MeterRegistry meters,
            InstantSource clock) {}

    /**
     * Whether what a server stands on still works.
     *
     * @param alive not ever again if not
     * @param sinceConfirmed how long ago the broker said that there is nothing newer
     */
    public record Life(BooleanSupplier alive, Supplier<Duration> sinceConfirmed) {}

    private ScorerServer(HttpServer http, Readiness readiness, ActivityStreams streams) {
        this.http = http;
        this.readiness = readiness;
        this.streams = streams;
    }

    /**
     * Starts to listen.
     *
     * @param tokens whose bearers may read
     * @throws io.javalin.util.JavalinException if the port is taken or the key store cannot be used
     */
    public static ScorerServer start(ServeSettings settings, GatewaySettings tokens, Surroundings around) {
        Readiness readiness =
                new Readiness(around.desk(), settings, around.life().sinceConfirmed(), around.clock());
        ActivityStreams streams = new ActivityStreams(around.seen(), around.desk()::version, around.meters());
        HttpServer http = HttpServer.start(
                new HttpServer.Setup(
                        settings.http(),
                        settings.anonymous() ? null : new Access(tokens),
                        "serve",
                        around.meters(),
                        DRAIN),
                routes(settings, around, readiness, streams));
        streams.start();
        return new ScorerServer(http, readiness, streams);
    }

    /** @return what it answers; a new route needs a line here */
    private static List<Route> routes(
            ServeSettings settings, Surroundings around, Readiness readiness, ActivityStreams streams) {
        ScoringDesk desk = around.desk();
        List<Route> read = new ArrayList<>(List.of(
                new ScoreRoute(desk, around.decisions()).route(),
                new BestOfNRoute(desk, around.decisions()).route(),
                new CompareRoute(desk).route(),
                new RationalityRoute(desk).route(),
                new SuggestRoute(desk).route(),
                new ModelRoute(desk, around.clock()).route(),
                new LeaderboardRoute(desk, around.policies()).route(),
                new AnnotatorsRoute(around.name(), desk.level(), around.seen()).route(),
                streams.route()));
        read.addAll(new ActivityRoute(around.seen()).routes());
        read.forEach(route -> route.by(CallerRole.READ));
        List<Route> routes = new ArrayList<>(read);
        routes.addAll(new DropIns(desk, settings.reward(), readiness).routes());
        routes.add(OwnFile.document(ScorerServer.class));
        routes.add(Health.live(around.life().alive()));
        routes.add(Health.ready("Whether it can answer, and from the newest snapshot", readiness::answer)
                .answers(200, "It can.", Readiness.Answering.class));
        routes.addAll(Dashboard.routes());
        routes.forEach(route -> route.translating(ScoringDesk::problem));
        return routes;
    }

    /** @return what listens */
    public HttpServer http() {
        return http;
    }

    /** @return 200 if it answers from a snapshot that is fresh enough, else why not */
    public HttpAnswer readiness() {
        return readiness.answer();
    }

    /** Takes no more requests, and waits for those that have come. */
    @Override
    public void close() {
        streams.close(); // They are open requests that nobody would wait for.
        http.close();
    }
}
