package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.cli.demo.DemoCampaign;
import dev.assay.cli.demo.SimulatedCampaign;
import dev.assay.service.roles.RunningScorer;
import dev.assay.service.topics.CheckedSender;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.wire.CommandCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a scorer shows of an estimator at work, with a real broker between them. */
@Tag("broker")
@Timeout(300) // it takes some twenty seconds; a busy machine may need more
class ActivityBrokerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int JUDGMENTS = 3_000;

    @TempDir
    Path folder;

    private final Map<String, JsonNode> told = new HashMap<>();

    @Test
    void aRerunItsRoundsARefusalAndTheAnnotatorsArriveAndWhoIsErasedLeaves() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            DemoCampaign campaign = SimulatedCampaign.draw(folder, broker.bootstrapServers());
            Deployment deployment = DeploymentOption.open(campaign.config());
            List<Judgment> judgments = campaign.training().subList(0, JUDGMENTS);
            Clients.setUpTopics(deployment, PATIENCE);
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            try (RunningScorer scorer = RunningScorer.start(
                            deployment, deployment.config().servers().serve().withPort(0), null, null, meters);
                    BufferedReader stream = stream(scorer)) {
                await(stream, "activity", activity -> activity.at("/reruns").isEmpty());
                Instant reported;
                try (Role estimator = Role.estimator(deployment, new SimpleMeterRegistry())) {
                    assertThat(estimator.failed()).isFalse();
                    write(deployment, judgments);

                    JsonNode seen = await(
                            stream,
                            "activity",
                            activity -> activity.at("/reruns/0/version").isNumber());
                    assertThat(seen.at("/reruns/0/outcome").asText()).isEqualTo("converged");
                    assertThat(seen.at("/reruns/0/rounds")).isNotEmpty();
                    assertThat(seen.at("/versions")).isNotEmpty();
                    assertThat(seen.at("/events/0/message").asText()).isNotEmpty();
                    JsonNode refused = await(
                            stream,
                            "refusals",
                            refusals -> refusals.at("/total").asInt() == 1);
                    assertThat(refused.at("/reasons/0/reason").asText()).isEqualTo("UNKNOWN_SCHEMA");
                    assertThat(await(stream, "model", model -> true)
                                    .at("/version")
                                    .asLong())
                            .isPositive();
                    assertThat(get(scorer, "/v1/refusals")).isEqualTo(refused);
                    assertThat(get(scorer, "/v1/activity").at("/reruns")).isNotEmpty();

                    JudgedStream.until(() ->
                            get(scorer, "/v1/annotators").at("/judged_total").asDouble() == JUDGMENTS);
                    JsonNode annotators = get(scorer, "/v1/annotators?limit=200");
                    assertThat(annotators.at("/annotators_total").asLong())
                            .isEqualTo(judgments.stream()
                                    .map(Judgment::annotatorId)
                                    .distinct()
                                    .count());
                    String erased = annotators.at("/annotators/0/annotator").asText();
                    long left = annotators.at("/annotators_total").asLong() - 1;
                    erase(deployment, erased);
                    JudgedStream.until(() -> get(scorer, "/v1/annotators")
                                    .at("/annotators_total")
                                    .asLong()
                            == left);
                    JsonNode without = get(scorer, "/v1/annotators?limit=200");
                    assertThat(without.findValuesAsText("annotator")).doesNotContain(erased);
                    reported = Instant.parse(without.at("/reported_at").asText());
                }
                // Nobody remembers whom the newest record names, so whoever takes a shard over writes it anew.
                try (Role estimator = Role.estimator(deployment, new SimpleMeterRegistry())) {
                    assertThat(estimator.failed()).isFalse();
                    JudgedStream.until(() -> Instant.parse(get(scorer, "/v1/annotators")
                                    .at("/reported_at")
                                    .asText())
                            .isAfter(reported));
                }
                assertThat(meters.counter("serve.activity.undecodable").count()).isZero();
            }
        }
    }

    private static BufferedReader stream(RunningScorer scorer) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(scorer.address() + "/v1/activity/stream"))
                .build();
        return new BufferedReader(new InputStreamReader(
                HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(), StandardCharsets.UTF_8));
    }

    /** @return the newest document of that event once it is as wanted; others come in between */
    private JsonNode await(BufferedReader stream, String event, Predicate<JsonNode> wanted) throws Exception {
        String current = "";
        while (true) {
            JsonNode newest = told.get(event);
            if (newest != null && wanted.test(newest)) {
                return newest;
            }
            String line = Objects.requireNonNull(stream.readLine(), "the stream has ended");
            if (line.startsWith("event: ")) {
                current = line.substring("event: ".length());
            } else if (line.startsWith("data: ")) {
                told.put(current, JSON.readTree(line.substring("data: ".length())));
            }
        }
    }

    private static JsonNode get(RunningScorer scorer, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(scorer.address() + path)).build();
        HttpResponse<byte[]> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void write(Deployment deployment, List<Judgment> judgments) throws Exception {
        JudgedStream.write(deployment, judgments);
        try (CheckedSender sender = new CheckedSender(deployment)) {
            byte[] garbage = "no judgment at all".getBytes(StandardCharsets.UTF_8);
            sender.send(new ProducerRecord<>(deployment.topics().judgments().name(), garbage, garbage));
            sender.flush();
        }
    }

    private static void erase(Deployment deployment, String annotatorId) throws Exception {
        int parameters = deployment.shape().parameters();
        byte[] command = new CommandCodec(deployment.wire())
                .encode(new Command.EraseAnnotator("e1", annotatorId, Instant.EPOCH));
        try (CheckedSender sender = new CheckedSender(deployment)) {
            byte[] key = deployment.model().getBytes(StandardCharsets.UTF_8);
            sender.send(new ProducerRecord<>(
                    deployment.topics().commands(parameters).name(), key, command));
            sender.flush();
        }
    }
}
