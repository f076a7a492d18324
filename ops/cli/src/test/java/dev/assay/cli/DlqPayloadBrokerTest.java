package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.roles.RunningGateway;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.JudgmentMessage;
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

/** A platform's payload that was not understood, after its mapping was given. */
@Tag("broker")
class DlqPayloadBrokerTest {
    private static final String MADE = """
            {"action":"ANNOTATION_CREATED","project":{"id":1,"label_config":"<View><Text name=\\"a\\" value=\\"$a\\"/>\
            <Text name=\\"b\\" value=\\"$b\\"/><Choices name=\\"c\\" toName=\\"a\\"/></View>"},
             "task":{"id":5,"data":{"a":"one","b":"two","prompt":"q"}},
             "annotation":{"id":17,"task":5,"completed_by":3,"was_cancelled":false,"result":[
               {"id":"r","from_name":"c","to_name":"a","type":"choices","value":{"choices":["erste"]}}]}}""";
    private static final String DELETED =
            "{\"action\":\"ANNOTATIONS_DELETED\",\"annotations\":[{\"id\":17}],\"project\":{\"id\":1}}";

    @TempDir
    Path folder;

    @Test
    void aPayloadIsReadAgainAndItsAnnotationCanThenBeTakenBackByItsId() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Path config = folder.resolve("assay.yaml");
            Files.writeString(config, """
                    kafka: {bootstrap.servers: "%s"}
                    features: {kind: vectors, dimension: 1}
                    gateway: {port: 0}
                    """.formatted(broker.bootstrapServers()));
            Path mapping = folder.resolve("mapping.yaml");
            Files.writeString(mapping, "label-studio: {first-choices: [erste], responses: [a, b]}\n");
            Deployment deployment = DeploymentOption.open(config);
            Clients.setUpTopics(deployment, Duration.ofMinutes(1));
            try (RunningGateway gateway = RunningGateway.start(
                    deployment,
                    deployment.config().servers().gateway(),
                    PlatformSettings.DEFAULTS,
                    new SimpleMeterRegistry())) {
                assertThat(post(gateway, MADE)).contains("\"dead_lettered\":1", "\"judged\":0");
                assertThat(Said.done("dlq", "redrive", "-c", config.toString()))
                        .containsPattern("still PLATFORM_PAYLOAD +1");
                assertThat(messages(deployment)).isEmpty();

                String[] redrive = {"dlq", "redrive", "-c", config.toString(), "--mapping", mapping.toString()};
                assertThat(Said.done(redrive)).containsPattern("sent back +1");
                assertThat(messages(deployment)).hasSize(1);
                assertThat(Said.done(redrive)).containsPattern("superseded by a newer edition +1");

                String answer = post(gateway, DELETED);
                while (answer.contains("\"withdrawn\":0")) { // The gateway hears of others' ids a moment later.
                    answer = post(gateway, DELETED);
                }
                List<JudgmentMessage> messages = messages(deployment);
                assertThat(messages.get(1).judgmentId())
                        .isEqualTo(messages.get(0).judgmentId());
                assertThat(messages.get(1).annotatorId())
                        .isEqualTo(messages.get(0).annotatorId());
            }
        }
    }

    private static List<JudgmentMessage> messages(Deployment deployment) throws Exception {
        List<byte[]> values = new ArrayList<>();
        Clients.read(deployment, deployment.topics().judgments().name(), record -> values.add(record.value()));
        List<JudgmentMessage> messages = new ArrayList<>();
        for (byte[] value : values) {
            messages.add(new JudgmentCodec(deployment.wire()).decode(value));
        }
        return messages;
    }

    private static String post(RunningGateway gateway, String payload) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(gateway.address() + "/v1/webhooks/label-studio"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(payload))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
