package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.cli.fit.FitRun;
import dev.assay.service.roles.RunningScorer;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * The example's judgments through real brokers in containers, against an offline fit: {@code ./mvnw verify -P containers}.
 *
 * <p>Without the profile these are skipped, with a line that says so; with it they fail where they cannot run. The images
 * are {@code -Dkafka.image} and {@code -Dassay.image}; the latter is made by ops/docker/Dockerfile.
 */
@Tag("broker")
@Tag("containers")
class ContainersTest {
    private static final boolean REQUIRED = Boolean.getBoolean("containers.required");
    private static final DockerImageName KAFKA = DockerImageName.parse(
                    System.getProperty("kafka.image", "apache/kafka:4.3.1"))
            .asCompatibleSubstituteFor("apache/kafka");
    private static final DockerImageName ASSAY =
            DockerImageName.parse(System.getProperty("assay.image", "assay:local"));
    private static final Path EXAMPLE =
            Path.of("../docs/example").toAbsolutePath().normalize();
    private static final Duration START = Duration.ofMinutes(2);
    private static final int SCORER_PORT = 8081;
    private static final int JUDGMENTS = 240;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @BeforeAll
    static void anEngineIsThereOrThisIsSaid() {
        if (REQUIRED) {
            DockerClientFactory.instance().client(); // fails with what it has tried
        } else {
            System.err.println(
                    "*** SKIPPED: the tests in containers. ./mvnw verify -P containers runs them; it needs an"
                            + " engine, and the image of ops/docker/Dockerfile ***");
        }
    }

    @BeforeEach
    void onlyByTheProfile() {
        assumeTrue(REQUIRED, "asked for by the profile containers only"); // each, so that each counts as skipped
    }

    @Test
    void theExampleIsIngestedEstimatedAndScoredOnABrokerInAContainer() throws Exception {
        try (KafkaContainer broker = new KafkaContainer(KAFKA).withStartupTimeout(START)) {
            broker.start();
            Path config = config(broker.getBootstrapServers(), 1);
            Deployment deployment = DeploymentOption.open(config);
            Clients.setUpTopics(deployment, START);
            try (Role estimator = Role.estimator(deployment, new SimpleMeterRegistry());
                    RunningScorer scorer = RunningScorer.start(
                            deployment,
                            deployment.config().servers().serve().withPort(0),
                            null,
                            null,
                            new SimpleMeterRegistry())) {
                ingestAll(config, EXAMPLE);

                assertEqualsTheOfflineFit(config);
                assertScoresByTheOfflineFit(config, scorer.address());
                assertThat(estimator.running()).isTrue();
            }
        }
    }

    @Test
    void theImageGoesOnEstimatingWithoutOneOfThreeBrokersAndOneOfTwoEstimators() throws Exception {
        try (Network network = Network.newNetwork();
                Cluster cluster = new Cluster(network);
                GenericContainer<?> first = role(network, "estimator");
                GenericContainer<?> second = role(network, "estimator");
                GenericContainer<?> scorer = role(network, "scorer")
                        .withEnv("ASSAY_SERVE_HOST", "0.0.0.0")
                        .withEnv("ASSAY_SERVE_ANONYMOUS", "true")
                        .withExposedPorts(SCORER_PORT)) {
            cluster.start();
            Path config = config(cluster.bootstrapServers(), 3);
            Startables.deepStart(first, second, scorer).join();
            ingestAll(config, half("first", 0));

            kill(cluster.brokers.get(1));
            kill(first);
            ingestAll(config, half("second", 1));

            assertEqualsTheOfflineFit(config);
            assertThat(second.isRunning()).isTrue();
            assertScoresByTheOfflineFit(config, "http://" + scorer.getHost() + ":" + scorer.getMappedPort(SCORER_PORT));
            assertThat(second.execInContainer("id", "-u").getStdout()).isEqualTo("10001\n");
        }
    }

    /** Three brokers, each record on all of them, acknowledged by two. */
    private static final class Cluster implements AutoCloseable {
        private final List<KafkaContainer> brokers;

        Cluster(Network network) {
            String voters = IntStream.range(0, 3)
                    .mapToObj(i -> i + "@broker-" + i + ":9094")
                    .collect(Collectors.joining(","));
            brokers = IntStream.range(0, 3)
                    .mapToObj(i -> new KafkaContainer(KAFKA)
                            .withNetwork(network)
                            .withNetworkAliases("broker-" + i)
                            .withEnv("CLUSTER_ID", "4L6g3nShT-eMCtK--X86sw")
                            .withEnv("KAFKA_NODE_ID", String.valueOf(i))
                            .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", voters)
                            .withEnv("KAFKA_DEFAULT_REPLICATION_FACTOR", "3")
                            .withEnv("KAFKA_MIN_INSYNC_REPLICAS", "2")
                            .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "3")
                            .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "3")
                            .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "2")
                            .withEnv("KAFKA_HEAP_OPTS", "-Xms256m -Xmx256m")
                            .withStartupTimeout(START))
                    .toList();
        }

        void start() {
            Startables.deepStart(brokers).join();
        }

        String bootstrapServers() {
            return brokers.stream().map(KafkaContainer::getBootstrapServers).collect(Collectors.joining(","));
        }

        @Override
        public void close() {
            brokers.forEach(KafkaContainer::stop);
        }
    }

    /** A role of the image, as hardened as in docker-compose.yml. */
    private static GenericContainer<?> role(Network network, String name) {
        return new GenericContainer<>(ASSAY)
                .withNetwork(network)
                .withEnv("ASSAY_KAFKA_BOOTSTRAP_SERVERS", "broker-0:9093,broker-1:9093,broker-2:9093")
                .withEnv("ASSAY_TOPICS_REPLICATION", "3")
                .withCommand(name)
                .withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                        .withBinds(new Bind(
                                EXAMPLE.resolve("assay.yaml").toString(),
                                new Volume("/etc/assay/assay.yaml"),
                                AccessMode.ro))
                        .withReadonlyRootfs(true)
                        .withTmpFs(Map.of("/tmp", "exec"))
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges")))
                .waitingFor(Wait.forLogMessage("The " + name + " of model example .*", 1)
                        .withStartupTimeout(START));
    }

    private static void kill(GenericContainer<?> container) {
        container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    private Path config(String bootstrapServers, int replication) throws Exception {
        String example = Files.readString(EXAMPLE.resolve("assay.yaml"));
        return Files.writeString(
                folder.resolve("assay.yaml"),
                example.replace("localhost:9092", bootstrapServers)
                        .replace("replication: 1", "replication: " + replication));
    }

    /** Every second judgment of the example, from the first or the second on, with all responses. */
    private Path half(String name, int remainder) throws Exception {
        Path half = Files.createDirectories(folder.resolve(name));
        List<String> judgments = Files.readAllLines(EXAMPLE.resolve("judgments.jsonl"));
        Files.write(
                half.resolve("judgments.jsonl"),
                IntStream.range(0, judgments.size())
                        .filter(i -> i % 2 == remainder)
                        .mapToObj(judgments::get)
                        .toList());
        Files.copy(EXAMPLE.resolve("responses.jsonl"), half.resolve("responses.jsonl"));
        return half;
    }

    private static void ingestAll(Path config, Path judgments) {
        Said said = Said.assay("ingest", "-c", config.toString(), "--wait", judgments.toString());
        assertThat(said.out()).contains("covers all");
        assertThat(said.exitCode()).isZero();
    }

    /** To 1e-7, a millionth of the smallest standard error here, which is 0.1. */
    private static void assertEqualsTheOfflineFit(Path config) throws Exception {
        JsonNode model = JSON.readTree(
                Said.assay("model", "-c", config.toString(), "--json").out());
        JsonNode fit = offline(config);
        assertThat(model.get("judgments").asInt()).isEqualTo(JUDGMENTS);
        assertThat(model.get("kind").asText()).isEqualTo("RERUN");
        for (Map.Entry<String, String> block :
                Map.of("reward", "theta", "rationality", "gamma").entrySet()) {
            JsonNode estimates = model.get(block.getKey());
            JsonNode expected = fit.get(block.getValue());
            assertThat(estimates).hasSize(expected.size());
            for (int i = 0; i < expected.size(); i++) {
                assertThat(estimates.get(i).get("estimate").asDouble())
                        .isCloseTo(expected.get(i).asDouble(), within(1e-7));
            }
        }
    }

    /** Two candidates differ in reward by θᵀ of what their features differ by. */
    private static void assertScoresByTheOfflineFit(Path config, String address) throws Exception {
        JsonNode theta = offline(config).get("theta");
        double[] difference = {2.44 - 2.074, -0.319 - 0.234, 0.277 - 0.054};
        double expected = IntStream.range(0, 3)
                .mapToDouble(i -> theta.get(i).asDouble() * difference[i])
                .sum();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + "/v1/best-of-n"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("""
                                        {"candidates": [{"id": "a", "features": [2.44, -0.319, 0.277]},
                                                        {"id": "b", "features": [2.074, 0.234, 0.054]}]}"""))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode best = JSON.readTree(answer.body());
        assertThat(best.get("chosen_id").asText()).isEqualTo("a");
        // Features are float32 here and double in the sum above.
        assertThat(best.get("margin").get("estimate").asDouble()).isCloseTo(expected, within(1e-5));
    }

    private static JsonNode offline(Path config) {
        return FitRun.of("--judgments", EXAMPLE.toString(), "-c", config.toString(), "--json", "-")
                .result();
    }
}
