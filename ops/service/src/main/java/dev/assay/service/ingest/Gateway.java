package dev.assay.service.ingest;

import dev.assay.service.http.Access;
import dev.assay.service.http.Health;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpServer;
import dev.assay.service.http.OwnFile;
import dev.assay.service.http.Route;
import dev.assay.service.topics.CommandRecords;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.JudgmentRecords;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judgments, retractions, erasures and platforms' webhooks over HTTP to the topics. */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /**
     * What the gateway stands on.
     *
     * @param outlet to the broker
     * @param judgments their topic
     * @param commands their topic
     * @param platforms what their webhooks ask for
     * @param refusal what the estimator would say of an encoded judgment, as far as that is cheap to know: a client should
     *     hear it at once
     * @param brokerAnswers asks the broker, for readiness
     * @param meters counts
     * @param clock the time, for commands and signatures
     */
    public record Surroundings(
            Outlet outlet,
            JudgmentRecords judgments,
            CommandRecords commands,
            PlatformIntake platforms,
            Function<byte[], Optional<Admission.Refused>> refusal,
            Supplier<CompletableFuture<Boolean>> brokerAnswers,
            MeterRegistry meters,
            InstantSource clock) {}

    private Gateway() {}

    /**
     * Starts to listen.
     *
     * @throws io.javalin.util.JavalinException if the port is taken or the key store cannot be used
     */
    public static HttpServer start(GatewaySettings settings, Surroundings around) {
        Access access = new Access(settings);
        HttpServer server = HttpServer.start(
                new HttpServer.Setup(
                        settings.http(),
                        access,
                        "adapt",
                        around.meters(),
                        settings.limits().ackTimeout()),
                routes(settings, access, around));
        Gauge.builder("adapt.bodies.held", server, HttpServer::inFlightBytes)
                .baseUnit("bytes")
                .register(around.meters());
        if (settings.tokens().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("host", settings.http().host())
                    .log("NO TOKENS: everybody on this machine may send, retract and erase; set gateway.tokens");
        }
        return server;
    }

    /** @return what it answers */
    private static List<Route> routes(GatewaySettings settings, Access access, Surroundings around) {
        Pseudonyms pseudonyms = new Pseudonyms(settings.keys().pseudonymKey());
        List<Route> routes =
                new ArrayList<>(new JudgmentRoutes(settings.limits().maxItems(), around, pseudonyms).routes());
        routes.add(new ErasureRoute(around, pseudonyms).route());
        routes.addAll(new WebhookRoutes(settings.keys(), access, around).routes());
        routes.add(OwnFile.document(Gateway.class));
        routes.add(Health.live(() -> true));
        routes.add(Health.readyLater("Whether Kafka answers", () -> ready(around)));
        return routes;
    }

    private static CompletableFuture<HttpAnswer> ready(Surroundings around) {
        return around.brokerAnswers()
                .get()
                .handle((answers, failure) ->
                        failure == null && answers ? Health.Ready.yes() : Health.Ready.no("Kafka does not answer"));
    }
}
