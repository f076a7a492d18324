package dev.assay.service.roles;

import dev.assay.service.http.Health;
import dev.assay.service.http.HttpServer;
import dev.assay.service.ingest.Gateway;
import dev.assay.service.ingest.GatewayParts;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.CommandRecords;
import dev.assay.streams.Deployment;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.JudgmentRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;

/** A gateway with its Kafka clients. */
public final class RunningGateway implements RunningRole {
    private static final Duration ASK = Duration.ofSeconds(2);

    private final HttpServer gateway;
    private final GatewayParts parts;
    private final Admin admin;

    /**
     * Starts a gateway; the deployment's topics are there.
     *
     * @param platforms how they write their judgments
     * @param meters counts
     */
    public static RunningGateway start(
            Deployment deployment, GatewaySettings settings, PlatformSettings platforms, MeterRegistry meters) {
        return new RunningGateway(deployment, settings, platforms, meters);
    }

    private RunningGateway(
            Deployment deployment, GatewaySettings settings, PlatformSettings platforms, MeterRegistry meters) {
        parts = GatewayParts.open(deployment, settings, platforms, meters);
        admin = Clients.admin(deployment);
        gateway = Gateway.start(
                settings,
                new Gateway.Surroundings(
                        parts.outlet(),
                        new JudgmentRecords(deployment.topics(), deployment.shards(), deployment.wire()),
                        CommandRecords.of(deployment),
                        parts.intake(),
                        refusal(deployment),
                        () -> answers(admin),
                        meters,
                        InstantSource.system()));
    }

    /** As far as it is cheap. */
    private static Function<byte[], Optional<Admission.Refused>> refusal(Deployment deployment) {
        Admit admit =
                new Admit(deployment.contextSpec(), CheapFeatures.of(deployment.featureSpace()), deployment.wire());
        return encoded ->
                admit.admit(encoded) instanceof Admission.Refused refused ? Optional.of(refused) : Optional.empty();
    }

    private static CompletableFuture<Boolean> answers(Admin admin) {
        return admin.describeCluster()
                .nodes()
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(nodes -> !nodes.isEmpty());
    }

    @Override
    public String address() {
        return gateway.address();
    }

    @Override
    public void watchedBy(Operations operations) {
        operations.watch(
                List::of, () -> Health.Ready.unless(brokerAnswers() ? List.of() : List.of("Kafka does not answer")));
        if (operations.asked()) {
            parts.outlet().bindTo(operations.meters());
        }
    }

    private boolean brokerAnswers() {
        try {
            return answers(admin).get(ASK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** @return bytes of bodies received and not yet answered */
    public long inFlightBytes() {
        return gateway.inFlightBytes();
    }

    /** Takes no more requests, waits for those under way, then closes the clients. */
    @Override
    public void close() {
        gateway.close();
        parts.close();
        admin.close(Duration.ZERO);
    }
}
