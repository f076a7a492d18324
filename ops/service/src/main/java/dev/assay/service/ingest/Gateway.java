package dev.assay.service.ingest;

import dev.assay.service.http.Access;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Bodies;
import dev.assay.service.http.InFlight;
import dev.assay.service.http.Listener;
import dev.assay.service.http.OpenRequests;
import dev.assay.service.http.Outlet;
import dev.assay.service.http.RequestMeters;
import dev.assay.service.ingest.formats.Formats;
import dev.assay.service.ingest.formats.Webhook;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.JudgmentRecords;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judgments, retractions, erasures and platforms' webhooks over HTTP to the topics. */
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Javalin server;
    private final InFlight inFlight;
    private final OpenRequests open = new OpenRequests();
    private final Duration patience;
    private final JudgmentRoutes judgments;
    private final ErasureRoute erasure;
    private final WebhookRoutes webhooks;
    private final Supplier<CompletableFuture<Boolean>> brokerAnswers;
    private final Bodies bodies;

    /**
     * What the gateway stands on.
     *
     * @param outlet to the broker
     * @param judgments their topic
     * @param commands their topic
     * @param platforms what their webhooks ask for
     * @param refusal what the estimator would refuse of an encoded judgment, as far as that is cheap to know
     * @param brokerAnswers asks the broker, for readiness
     * @param meters counts
     * @param clock the time, for commands and signatures
     */
    public record Surroundings(
            Outlet outlet,
            JudgmentRecords judgments,
            CommandRecords commands,
            PlatformIntake platforms,
            Function<byte[], Optional<Admission.Rejected>> refusal,
            Supplier<CompletableFuture<Boolean>> brokerAnswers,
            MeterRegistry meters,
            InstantSource clock) {}

    private Gateway(GatewaySettings settings, Surroundings around) {
        Access access = new Access(settings);
        Pseudonyms pseudonyms = new Pseudonyms(settings.pseudonymKey());
        Outlet outlet = around.outlet();
        patience = settings.ackTimeout();
        bodies = new Bodies(settings);
        inFlight = bodies.inFlight();
        Gauge.builder("adapt.bodies.held", inFlight, InFlight::held)
                .baseUnit("bytes")
                .register(around.meters());
        judgments = new JudgmentRoutes(
                settings, access, bodies, around.judgments(), pseudonyms, around.refusal(), outlet, around.meters());
        webhooks = new WebhookRoutes(
                settings, access, bodies, around.platforms(), outlet, around.clock(), around.meters());
        erasure = new ErasureRoute(access, bodies, around.commands(), pseudonyms, outlet, around.clock());
        brokerAnswers = around.brokerAnswers();
        server = Javalin.create(config -> configure(config, settings, new RequestMeters(around.meters(), "adapt")));
    }

    /**
     * Starts to listen.
     *
     * @throws io.javalin.util.JavalinException if the port is taken or the key store cannot be used
     */
    public static Gateway start(GatewaySettings settings, Surroundings around) {
        Gateway gateway = new Gateway(settings, around);
        if (settings.tokens().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("host", settings.host())
                    .log("NO TOKENS: everybody on this machine may send, retract and erase; set gateway.tokens");
        }
        gateway.server.start();
        return gateway;
    }

    /** @return the port it listens on */
    public int port() {
        return server.port();
    }

    /** @return bytes of bodies received and not yet answered */
    public long inFlightBytes() {
        return inFlight.held();
    }

    private void configure(JavalinConfig config, GatewaySettings settings, RequestMeters meters) {
        Listener.configure(config, settings, open, meters);
        config.http.asyncTimeout = 0; // The outlet's patience ends every wait.
        for (Endpoint endpoint : Endpoint.values()) {
            config.routes.addHttpHandler(
                    HandlerType.findOrCreate(endpoint.method()), endpoint.path(), handler(endpoint));
        }
    }

    private Handler handler(Endpoint endpoint) {
        return switch (endpoint) {
            case JUDGE -> judgments::judge;
            case RETRACT -> judgments::retract;
            case ERASE -> erasure::erase;
            case LABEL_STUDIO, ARGILLA, PROLIFIC -> {
                Webhook platform = Formats.webhook(endpoint.path().substring("/v1/webhooks/".length()))
                        .orElseThrow();
                yield ctx -> webhooks.take(ctx, platform);
            }
            case DESCRIBE -> Gateway::describe;
            case LIVE -> ctx -> new Answer(200, Map.of("live", true)).write(ctx);
            case READY -> this::ready;
        };
    }

    private static void describe(Context ctx) {
        try (InputStream document = Gateway.class.getResourceAsStream("/dev/assay/service/ingest/openapi.json")) {
            ctx.contentType("application/json")
                    .result(Objects.requireNonNull(document).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(Context ctx) {
        bodies.answer(ctx, brokerAnswers.get().handle((answers, failure) -> {
            boolean ready = failure == null && answers;
            return new Answer(
                    ready ? 200 : 503,
                    ready ? Map.of("ready", true) : Map.of("ready", false, "why", "Kafka does not answer"));
        }));
    }

    /** Takes no more requests, and waits for those that have come. */
    @Override
    public void close() {
        open.drain(patience);
        server.stop();
    }
}
