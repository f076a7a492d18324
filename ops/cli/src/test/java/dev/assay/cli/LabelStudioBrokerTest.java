package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.demo.DemoCampaign;
import dev.assay.cli.demo.SimulatedCampaign;
import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.roles.RunningGateway;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.JudgmentWriter;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.settings.GatewaySettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Label Studio's webhooks there and back: the committed payloads over HTTP, a broker, an estimator, its estimates. */
@Tag("broker")
class LabelStudioBrokerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PAYLOADS = Path.of("../service/src/test/resources/platforms");
    private static final String MAPPING = "label-studio: {vectors: [phi_left, phi_right], context: [kind, fatigue]}\n";
    private static final int STANDING = 4_000;
    private static final int ANNOTATED = 100;

    @TempDir
    Path folder;

    @Test
    void annotationsDeletedByIdAloneLeaveTheEstimateAsItWasBefore() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            DemoCampaign campaign = SimulatedCampaign.draw(folder, broker.bootstrapServers());
            Deployment deployment = campaign.deployment();
            Clients.setUpTopics(deployment, Duration.ofMinutes(1));
            PlatformSettings mapping = IngestSource.Reading.of(
                            "auto", Files.writeString(folder.resolve("mapping.yaml"), MAPPING), null, null)
                    .settings();
            try (RunningGateway gateway = RunningGateway.start(
                            deployment, GatewaySettings.DEFAULTS.withPort(0), mapping, new SimpleMeterRegistry());
                    Role estimator = Role.estimator(deployment, new SimpleMeterRegistry())) {
                assertThat(estimator.failed()).isFalse();
                try (JudgmentWriter writer = new JudgmentWriter(deployment)) {
                    campaign.training().subList(0, STANDING).forEach(writer::write);
                    writer.flush();
                }
                ParameterSnapshot before = GatewayBrokerTest.settled(deployment, STANDING);

                List<Judgment> annotated = campaign.training().subList(STANDING, STANDING + ANNOTATED);
                for (int i = 0; i < ANNOTATED; i++) {
                    JsonNode answer = post(gateway, created(1_000 + i, annotated.get(i)));
                    assertThat(answer.get("judged").asInt())
                            .as(answer.toString())
                            .isEqualTo(1);
                }
                ParameterSnapshot between = GatewayBrokerTest.settled(deployment, STANDING + ANNOTATED);

                JsonNode answer = post(gateway, deleted());
                assertThat(answer.get("withdrawn").asInt())
                        .as(answer.toString())
                        .isEqualTo(ANNOTATED);
                ParameterSnapshot after = GatewayBrokerTest.settled(deployment, STANDING);

                assertThat(after.kind()).isEqualTo(ParameterSnapshot.Kind.RERUN);
                assertThat(GatewayBrokerTest.standardErrors(deployment, between, before))
                        .isGreaterThan(1e-3);
                assertThat(GatewayBrokerTest.standardErrors(deployment, after, before))
                        .isLessThan(1e-9);
            }
        }
    }

    /** The committed payload, with a judgment of the campaign in it; on its left is what {@code $answer_b} shows. */
    private static ObjectNode created(int id, Judgment judgment) throws Exception {
        ObjectNode payload = payload("label-studio-created.json");
        ObjectNode annotation = (ObjectNode) payload.get("annotation");
        annotation.put("id", id).put("task", id).put("completed_by", id % 7);
        String selected = judgment.ranking().get(0) == 1 ? "left" : "right";
        ((ObjectNode) annotation.at("/result/0/value")).put("selected", selected);
        ObjectNode task = (ObjectNode) payload.get("task");
        task.put("id", id);
        ObjectNode data = (ObjectNode) task.get("data");
        JudgedResponse left = judgment.responses().get(0);
        JudgedResponse right = judgment.responses().get(1);
        data.put("prompt", judgment.promptId());
        data.put("answer_b", left.responseId()).put("answer_a", right.responseId());
        vector(data.putArray("phi_left"), left);
        vector(data.putArray("phi_right"), right);
        data.put("kind", String.valueOf(judgment.occasion().context().get("kind")));
        data.put("fatigue", (Double) judgment.occasion().context().get("fatigue"));
        return payload;
    }

    private static void vector(ArrayNode to, JudgedResponse response) {
        for (float feature : Objects.requireNonNull(response.features())) {
            to.add(feature);
        }
    }

    /** The committed payload; it says nothing but the annotations' ids. */
    private static ObjectNode deleted() throws Exception {
        ObjectNode payload = payload("label-studio-deleted.json");
        ArrayNode annotations = payload.putArray("annotations");
        for (int i = 0; i < ANNOTATED; i++) {
            annotations.addObject().put("id", 1_000 + i);
        }
        return payload;
    }

    private static ObjectNode payload(String name) throws Exception {
        return (ObjectNode) JSON.readTree(PAYLOADS.resolve(name).toFile());
    }

    private static JsonNode post(RunningGateway gateway, ObjectNode payload) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.address() + "/v1/webhooks/label-studio"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(payload.toString()))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
