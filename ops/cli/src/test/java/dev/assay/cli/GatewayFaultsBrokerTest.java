package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.service.ingest.DeadLetter;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.roles.RunningGateway;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.wire.JudgmentCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway while its broker is away. */
@Tag("broker")
class GatewayFaultsBrokerTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void whileTheBrokerIsAwayItIs503AndWhatIsAcceptedAfterwardsIsThere() throws Exception {
        Path data = folder.resolve("broker");
        EmbeddedBroker broker = EmbeddedBroker.start(0, data);
        String servers = broker.bootstrapServers();
        Deployment deployment = DeploymentOption.open(config(servers));
        Clients.setUpTopics(deployment, PATIENCE);
        try (RunningGateway gateway = RunningGateway.start(
                deployment,
                deployment.config().servers().gateway(),
                PlatformSettings.DEFAULTS,
                new SimpleMeterRegistry())) {
            assertThat(post(gateway, "before").statusCode()).isEqualTo(200);
            assertThat(ready(gateway)).isEqualTo(200);

            broker.close();
            HttpResponse<String> away = post(gateway, "away");
            assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
            assertThat(away.headers().firstValue("Retry-After")).isPresent();
            assertThat(ready(gateway)).isEqualTo(503);
            assertThat(gateway.inFlightBytes()).isZero();

            broker = EmbeddedBroker.start(Integer.parseInt(servers.substring(servers.indexOf(':') + 1)), data);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            int status = 0;
            while (status != 200 && System.nanoTime() < deadline) {
                status = post(gateway, "after").statusCode();
            }
            assertThat(status).isEqualTo(200);
        } finally {
            List<String> ids = ids(deployment);
            broker.close();
            assertThat(ids).contains("before", "after");
        }
    }

    private Path config(String servers) throws Exception {
        Path config = folder.resolve("assay.yaml");
        Files.writeString(config, """
                kafka: {bootstrap.servers: "%s"}
                features: {kind: vectors, dimension: 1}
                gateway: {port: 0, ack-timeout: PT2S}
                """.formatted(servers));
        return config;
    }

    private static HttpResponse<String> post(RunningGateway gateway, String id) throws Exception {
        String judgment = """
                {"judgmentId": "%s", "promptId": "p", "preference": "TIE",
                 "responses": [{"responseId": "a", "features": [1]}, {"responseId": "b", "features": [0]}]}
                """.formatted(id);
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(gateway.address() + "/v1/judgments"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(judgment))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static int ready(RunningGateway gateway) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(gateway.address() + "/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static List<String> ids(Deployment deployment) {
        List<String> ids = new ArrayList<>();
        Clients.read(
                deployment,
                deployment.topics().judgments().name(),
                record -> DeadLetter.key(new JudgmentCodec(deployment.wire()), record.value())
                        .ifPresent(key -> ids.add(key.getJudgmentId())));
        return ids;
    }
}
