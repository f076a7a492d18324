package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.demo.DemoCampaign;
import dev.assay.cli.demo.SimulatedCampaign;
import dev.assay.estimator.inference.Covariance;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.offline.OfflineFit;
import dev.assay.service.roles.RunningGateway;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.Coverage;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.CommandCodec;
import dev.assay.streams.wire.JudgmentCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judgments over HTTP to a real broker, and what the estimate makes of them. */
@Tag("broker")
@SuppressWarnings("NullAway.Init") // set before all
class GatewayBrokerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int BATCH = 500;

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static DemoCampaign campaign;
    private static RunningGateway gateway;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(0, folder.resolve("broker"));
        campaign = SimulatedCampaign.draw(folder, broker.bootstrapServers());
        Clients.setUpTopics(deployment(), PATIENCE);
        gateway = RunningGateway.start(
                deployment(),
                GatewaySettings.DEFAULTS.withPort(0),
                PlatformSettings.DEFAULTS,
                new SimpleMeterRegistry());
    }

    @AfterAll
    static void stop() {
        gateway.close();
        broker.close();
    }

    @Test
    void aRetractionLeavesTheEstimateAsItWasBefore() throws Exception {
        List<Judgment> standing = campaign.training().subList(0, 4_000);
        List<Judgment> passing = campaign.training().subList(4_000, 4_100);
        try (Role estimator = Role.estimator(deployment(), new SimpleMeterRegistry())) {
            assertThat(estimator.failed()).isFalse();
            post(standing);
            ParameterSnapshot before = settled(4_000);

            post(passing);
            ParameterSnapshot between = settled(4_100);
            for (Judgment judgment : passing) {
                HttpResponse<String> answer =
                        delete("/v1/judgments/" + judgment.annotatorId() + "/" + judgment.judgmentId());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            }
            ParameterSnapshot after = settled(4_000);

            assertThat(standardErrors(between, before)).isGreaterThan(1e-3);
            assertThat(standardErrors(after, before)).isLessThan(1e-9);
        }
    }

    @Test
    void aBatchWithOneFaultIsNotSentAtAll() throws Exception {
        long before = recordsOf(deployment().topics().judgments().name()).size();
        ArrayNode batch = JSON.createArrayNode();
        batch.add(json(campaign.training().get(0)));
        batch.add(json(campaign.training().get(1)).put("weight", -1));

        HttpResponse<String> answer = post("/v1/judgments", batch.toString());

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.at("/errors/0/item").asInt()).isEqualTo(1);
        assertThat(problem.at("/errors/0/detail").asText()).contains("weight must be 0 to 16777216", "-1");
        assertThat(recordsOf(deployment().topics().judgments().name())).hasSize((int) before);
    }

    @Test
    void whatTheEstimatorWouldRefuseIsRefusedAtOnceWithItsReason() throws Exception {
        ObjectNode judgment = json(campaign.training().get(0));
        ((ObjectNode) judgment.at("/responses/0")).putArray("features").add(1).add(2);

        HttpResponse<String> answer = post("/v1/judgments", judgment.toString());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(JSON.readTree(answer.body()).at("/errors/0/reason").asText()).isEqualTo("FEATURE_DIMENSION");
    }

    @Test
    void idsMayContainWhateverAUrlCanCarry() throws Exception {
        HttpResponse<String> answer = delete("/v1/judgments/a%2Fb%20c/%C3%BC%25");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(delete("/v1/judgments/-/alone").statusCode()).isEqualTo(200);

        List<JudgmentMessage> messages = new ArrayList<>();
        for (byte[] value : recordsOf(deployment().topics().judgments().name())) {
            messages.add(new JudgmentCodec(deployment().wire()).decode(value));
        }
        assertThat(messages).contains(new Retraction("ü%", "a/b c", "http"), new Retraction("alone", null, "http"));
    }

    @Test
    void anErasureIsACommandWhoseIdTheAnswerNames() throws Exception {
        HttpResponse<String> answer = delete("/v1/annotators/gone-1");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String id = JSON.readTree(answer.body()).get("command_id").asText();

        List<Command> commands = new ArrayList<>();
        String topic = deployment()
                .topics()
                .commands(deployment().shape().parameters())
                .name();
        for (byte[] value : recordsOf(topic)) {
            commands.add(new CommandCodec(deployment().wire()).decode(value));
        }
        assertThat(commands)
                .filteredOn(command -> command.commandId().equals(id))
                .singleElement()
                .isInstanceOfSatisfying(
                        Command.EraseAnnotator.class,
                        erase -> assertThat(erase.annotatorId()).isEqualTo("gone-1"));
    }

    private static Deployment deployment() {
        return campaign.deployment();
    }

    private static void post(List<Judgment> judgments) throws Exception {
        for (int from = 0; from < judgments.size(); from += BATCH) {
            ArrayNode batch = JSON.createArrayNode();
            List<Judgment> some = judgments.subList(from, Math.min(from + BATCH, judgments.size()));
            some.forEach(judgment -> batch.add(json(judgment)));
            HttpResponse<String> answer = post("/v1/judgments", batch.toString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).get("accepted").asInt()).isEqualTo(some.size());
        }
    }

    static ObjectNode json(Judgment judgment) {
        ObjectNode json = JSON.createObjectNode()
                .put("judgmentId", judgment.judgmentId())
                .put("annotatorId", judgment.annotatorId())
                .put("promptId", judgment.promptId())
                .put("weight", judgment.weight())
                .put("source", judgment.occasion().source());
        ArrayNode responses = json.putArray("responses");
        for (JudgedResponse response : judgment.responses()) {
            ArrayNode features = responses
                    .addObject()
                    .put("responseId", response.responseId())
                    .putArray("features");
            float[] given = java.util.Objects.requireNonNull(response.features());
            for (float feature : given) {
                features.add(feature);
            }
        }
        ArrayNode ranking = json.putArray("ranking");
        judgment.ranking().forEach(ranking::add);
        ObjectNode context = json.putObject("context");
        judgment.occasion().context().forEach((name, value) -> {
            if (value instanceof Double number) {
                context.put(name, number);
            } else {
                context.put(name, String.valueOf(value));
            }
        });
        return json;
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(gateway.address() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> delete(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(gateway.address() + path))
                        .DELETE()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static List<byte[]> recordsOf(String topic) {
        List<byte[]> values = new ArrayList<>();
        Clients.read(deployment(), topic, record -> values.add(record.value()));
        return values;
    }

    private static ParameterSnapshot settled(long judgments) throws Exception {
        return settled(deployment(), judgments);
    }

    /** @return the snapshot of the rerun that covers all, which are so many judgments */
    static ParameterSnapshot settled(Deployment deployment, long judgments) throws Exception {
        try (Coverage coverage = new Coverage(deployment)) {
            coverage.awaitAdmission(PATIENCE);
            ParameterSnapshot snapshot = coverage.awaitSnapshot(PATIENCE);
            assertThat(snapshot.sums().judgments()).isEqualTo(judgments);
            return snapshot;
        }
    }

    private static double standardErrors(ParameterSnapshot one, ParameterSnapshot other) {
        return standardErrors(deployment(), one, other);
    }

    /** @return the largest difference of a parameter, in standard errors of what stands now */
    static double standardErrors(Deployment deployment, ParameterSnapshot one, ParameterSnapshot other) {
        var errors = Covariance.model(OfflineFit.of(deployment).heterogeneous())
                .orElseThrow()
                .standardErrors();
        var apart = one.parameters().joint().minus(other.parameters().joint());
        return IntStream.range(0, errors.size())
                .mapToDouble(i -> Math.abs(apart.get(i)) / errors.get(i))
                .max()
                .orElseThrow();
    }
}
