package dev.assay.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.descent.Method;
import dev.assay.streams.ServiceConfig.ClusterConfig;
import dev.assay.streams.ServiceConfig.EstimateConfig;
import dev.assay.streams.ServiceConfig.RerunConfig;
import dev.assay.streams.ServiceConfig.ScoreConfig;
import dev.assay.streams.ServiceConfig.ServersConfig;
import dev.assay.streams.ServiceConfig.TopicsConfig;
import dev.assay.streams.ServiceConfig.UpdateConfig;
import dev.assay.streams.descend.RerunSchedule;
import dev.assay.streams.features.ContextSpec;
import dev.assay.streams.features.EmbeddingSource;
import dev.assay.streams.features.Essays;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.TextFeatureSpace;
import dev.assay.streams.features.embed.Contract;
import dev.assay.streams.score.Decisions;
import dev.assay.streams.score.Snapshots;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import dev.assay.streams.settings.ServeSettings;
import dev.assay.streams.wire.registry.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServiceConfigTest {
    private static final String SMALLEST = """
            kafka: {bootstrap.servers: "broker:9092"}
            features: {kind: vectors, dimension: 16}
            """;
    private static final String EMBEDDINGS = """
            kafka: {bootstrap.servers: "localhost:9092"}
            features: {kind: embeddings, contract: openai, url: "http://embedder:8080", model: small, dimension: 8}
            """;
    private static final String LARGEST = """
            model: helpfulness-2
            kafka:
              bootstrap.servers: a:9092,b:9092
              security.protocol: SASL_SSL
              sasl.jaas.config: module required password="secret";
              request.timeout.ms: 5000
            topics: {prefix: team.assay., shards: 16, replication: 3}
            context:
              offset: 1.5
              attributes:
                - {name: stance, kind: categorical, reference: unstated, levels: [same, opposite]}
                - {name: experience, kind: numeric, transform: log1p, scale: 5, cap: 2, centre: 0.5}
            features: {kind: text, name: essays, file: essays.features}
            rerun: {growth: 2, interval: PT1M, minimum-judgments: 1000, method: lbfgs, max-rounds: 90, patience: PT5S}
            score: {level: 0.9, max-candidates: 64, decisions: features, snapshots: reruns}
            threads: 8
            """;

    @Test
    void theDefaultsAre() {
        ServiceConfig config = ServiceConfig.parse(SMALLEST, Map.of());

        assertThat(config)
                .isEqualTo(new ServiceConfig(
                        "default",
                        new ClusterConfig(
                                Map.of("bootstrap.servers", "broker:9092"),
                                new TopicsConfig("assay.", 4, (short) 1),
                                RegistrySettings.DEFAULTS),
                        new ContextSpec(1, List.of()),
                        new VectorsConfig("features", 16, false),
                        new EstimateConfig(
                                new UpdateConfig(Duration.ofMillis(100)),
                                new RerunConfig(
                                        new RerunSchedule(
                                                100, 0.1, 1.3, 2, 0, Duration.ofMinutes(1), Duration.ofSeconds(10)),
                                        Method.ALTERNATING,
                                        60,
                                        0)),
                        new ScoreConfig(0.95, 4096, Decisions.NONE, Snapshots.NEWEST),
                        new ServersConfig(
                                GatewaySettings.DEFAULTS,
                                ServeSettings.DEFAULTS,
                                new ServiceConfig.MetricsConfig("127.0.0.1", null)),
                        2));
    }

    @Test
    void everyKeyOfTheFileIsRead() {
        ServiceConfig config = ServiceConfig.parse(LARGEST, Map.of());

        assertThat(config.model()).isEqualTo("helpfulness-2");
        assertThat(config.cluster().kafka()).hasSize(4).containsEntry("request.timeout.ms", "5000");
        assertThat(config.cluster().topics()).isEqualTo(new TopicsConfig("team.assay.", 16, (short) 3));
        assertThat(config.context().offset()).isEqualTo(1.5);
        assertThat(config.context().names()).containsExactly("stance=same", "stance=opposite", "experience");
        assertThat(config.features()).isEqualTo(new TextConfig("essays", "essays.features", false));
        assertThat(config.estimate().rerun())
                .isEqualTo(new RerunConfig(
                        new RerunSchedule(1000, 0.1, 2, 2, 0, Duration.ofMinutes(1), Duration.ofSeconds(5)),
                        Method.LBFGS,
                        90,
                        0));
        assertThat(config.score()).isEqualTo(new ScoreConfig(0.9, 64, Decisions.FEATURES, Snapshots.RERUNS));
        assertThat(config.threads()).isEqualTo(8);
    }

    @Test
    void anEmbeddingServerIsReadAndItsKeyIsShownToNobody() {
        ServiceConfig config = ServiceConfig.parse(EMBEDDINGS, Map.of("ASSAY_FEATURES_API_KEY", "sk-secret"));

        EmbeddingsConfig features = (EmbeddingsConfig) config.features();
        assertThat(features.source()).isEqualTo(new EmbeddingSource(Contract.OPENAI, "small", 8));
        assertThat(features.server().apiKey()).isEqualTo("sk-secret");
        assertThat(features.requests().batch()).isEqualTo(32);
        assertThat(features.requests().timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(features.requests().retries()).isEqualTo(4);
        assertThat(config + " " + features).doesNotContain("secret");
    }

    @Test
    void theSpaceOfAnEmbeddingServerIsNamedByContractModelAndDimensionNotByAddress() {
        FeatureSpace space =
                ServiceConfig.parse(EMBEDDINGS, Map.of()).features().open(Path.of("."));
        Map<String, String> elsewhere = Map.of("ASSAY_FEATURES_URL", "https://elsewhere", "ASSAY_FEATURES_BATCH", "4");

        assertThat(opened(elsewhere).id()).isEqualTo(space.id());
        assertThat(opened(Map.of("ASSAY_FEATURES_MODEL", "large")).id()).isNotEqualTo(space.id());
        assertThat(opened(Map.of("ASSAY_FEATURES_CONTRACT", "tei")).id()).isNotEqualTo(space.id());
        assertThat(opened(Map.of("ASSAY_FEATURES_DIMENSION", "9")).id()).isNotEqualTo(space.id());
        assertThat(opened(Map.of("ASSAY_FEATURES_POSITION", "true")).names())
                .hasSize(9)
                .endsWith("e_8", "shown_first");
    }

    private static FeatureSpace opened(Map<String, String> environment) {
        return ServiceConfig.parse(EMBEDDINGS, environment).features().open(Path.of("."));
    }

    @Test
    void whatToYamlWritesIsReadAsTheSame() {
        for (String yaml : List.of(SMALLEST, LARGEST, EMBEDDINGS)) {
            ServiceConfig config = ServiceConfig.parse(yaml, Map.of());
            assertThat(ServiceConfig.parse(config.toYaml(), Map.of())).isEqualTo(config);
        }
        assertThat(ServiceConfig.parse(LARGEST, Map.of()).toYaml())
                .contains("minimum-judgments: 1000", "interval: PT1M", "kind: text", "kind: categorical");
    }

    @ParameterizedTest
    @CsvSource({
        "ASSAY_MODEL, m, model: m",
        "ASSAY_KAFKA_BOOTSTRAP_SERVERS, 'h:1', bootstrap.servers: h:1",
        "ASSAY_TOPICS_PREFIX, p., prefix: p.",
        "ASSAY_TOPICS_SHARDS, 7, shards: 7",
        "ASSAY_TOPICS_REPLICATION, 2, replication: 2",
        "ASSAY_CONTEXT_OFFSET, 0.5, offset: 0.5",
        "ASSAY_FEATURES_NAME, f, name: f",
        "ASSAY_FEATURES_DIMENSION, 9, dimension: 9",
        "ASSAY_RERUN_GROWTH, 1.7, growth: 1.7",
        "ASSAY_RERUN_INTERVAL, PT7S, interval: PT7S",
        "ASSAY_RERUN_MINIMUM_JUDGMENTS, 5, minimum-judgments: 5",
        "ASSAY_RERUN_MAX_ROUNDS, 6, max-rounds: 6",
        "ASSAY_RERUN_PATIENCE, PT8S, patience: PT8S",
        "ASSAY_SCORE_LEVEL, 0.8, level: 0.8",
        "ASSAY_SCORE_MAX_CANDIDATES, 3, max-candidates: 3",
        "ASSAY_THREADS, 3, threads: 3"
    })
    void theEnvironmentWinsOverTheFile(String variable, String value, String line) {
        assertThat(ServiceConfig.parse(SMALLEST, Map.of()).toYaml().lines().map(String::strip))
                .doesNotContain(line);

        String yaml = ServiceConfig.parse(SMALLEST, Map.of(variable, value)).toYaml();

        assertThat(yaml.lines().map(String::strip)).contains(line);
    }

    @Test
    void theEnvironmentAloneIsEnough() {
        Map<String, String> environment = Map.of(
                "ASSAY_KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                "ASSAY_FEATURES_KIND", "text",
                "ASSAY_FEATURES_FILE", "/data/x");

        ServiceConfig config = ServiceConfig.parse("kafka:\nfeatures:\n", environment);

        assertThat(config.features()).isEqualTo(new TextConfig("features", "/data/x", false));
        assertThat(config).isEqualTo(ServiceConfig.parse("", environment));
    }

    @Test
    void anEmptyVariableAndOneOfAnotherNameChangeNothing() {
        Map<String, String> environment = Map.of("ASSAY_THREADS", "", "ASSAY_KAFKA_ACKS", "0", "ASSAY_HOME", "/x");

        assertThat(ServiceConfig.parse(SMALLEST, environment)).isEqualTo(ServiceConfig.parse(SMALLEST, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thread: 3 | unknown key thread; the keys there are [context, features, gateway, kafka, metrics, model, registry, rerun, score, serve, threads, topics, update]",
                "rerun: {max-round: 3} | unknown key rerun.max-round; the keys there are [drift, growth, interval, late-growth, max-rounds, method, minimum-judgments, new-judgments, patience, weak-prior]",
                "'context: {attributes: [{kind: numeric, name: x, scal: 2}]}' | unknown key context.attributes[0].scal; the keys there are [cap, centre, name, scale, transform]",
                "model: Capital | model must be 1 to 64 of the characters a-z 0-9 -, was 'Capital'",
                "'model: \"\"' | model must be 1 to 64 of the characters a-z 0-9 -, was ''",
                "topics: {prefix: a/b} | topics.prefix must be at most 100 of the characters A-Z a-z 0-9 . _ -, was 'a/b'",
                "topics: {shards: 0} | topics.shards must be 1 to 1024, was 0",
                "topics: {shards: 1025} | topics.shards must be 1 to 1024, was 1025",
                "topics: {shards: 2.5} | topics.shards must be a whole number of at most 4 bytes, was 2.5",
                "topics: {shards: 9999999999} | topics.shards must be a whole number of at most 4 bytes, was 9999999999",
                "topics: {replication: 0} | topics.replication must be 1 to 10, was 0",
                "topics: {replication: 11} | topics.replication must be 1 to 10, was 11",
                "topics: 5 | topics must be a mapping of keys to values, was 5",
                "context: {offset: 0} | context.offset must be finite and not 0, was 0.0",
                "'context: {attributes: [{name: x}]}' | context.attributes[0] must have kind categorical or numeric, was {\"name\":\"x\"}",
                "'context: {attributes: [{name: x, kind: ordinal}]}' | context.attributes[0] must have kind categorical or numeric, was ordinal",
                "'context: {attributes: [{name: x, kind: numeric, scale: 0}]}' | context.attributes 'x': scale must be above 0 and finite, was 0.0",
                "'context: {attributes: [{name: x, kind: numeric, transform: cube}]}' | context.attributes[0].transform must be one of [identity, log1p, log, sqrt], was 'cube'",
                "context: {attributes: 3} | context.attributes must be a list, was 3",
                "rerun: {growth: 1} | rerun.growth must be above 1 and finite, was 1.0",
                "rerun: {growth: NaN} | rerun.growth must be above 1 and finite, was NaN",
                "rerun: {growth: fast} | rerun.growth must be a number, was 'fast'",
                "rerun: {interval: PT0S} | rerun.interval must be above PT0S and at most PT8760H, was PT0S",
                "rerun: {interval: P366D} | rerun.interval must be above PT0S and at most PT8760H, was PT8784H",
                "rerun: {interval: 10} | rerun.interval must be a duration such as PT10S, was 10",
                "rerun: {patience: -PT1S} | rerun.patience must be above PT0S and at most PT8760H, was PT-1S",
                "rerun: {minimum-judgments: 0} | rerun.minimum-judgments must be at least 1, was 0",
                "rerun: {method: steepest} | rerun.method must be one of [alternating-gradient, alternating, newton, lbfgs], was 'steepest'",
                "rerun: {max-rounds: 1} | rerun.max-rounds must be 2 to 1000, was 1",
                "rerun: {max-rounds: 1001} | rerun.max-rounds must be 2 to 1000, was 1001",
                "score: {level: 0} | score.level must be above 0 and below 1, was 0.0",
                "score: {level: 1} | score.level must be above 0 and below 1, was 1.0",
                "score: {max-candidates: 0} | score.max-candidates must be at least 1, was 0",
                "registry: {url: ccompat} | registry.url must be an http or https address without user, query and fragment, was 'ccompat'",
                "registry: {url: \"http://me:pw@h\"} | registry.url must be an http or https address without user, query and fragment, was '(one with a user)'",
                "registry: {user: me, password: pw} | registry.user must be absent, or a name without : where there is a registry.url, was 'me'",
                "registry: {url: \"http://h\", user: me} | registry.password must be there where there is a registry.user, was missing",
                "registry: {url: \"http://h\", password: pw} | registry.password must be absent where there is no registry.user, was set",
                "registry: {timeout: PT31S} | registry.timeout must be PT0.1S to PT30S, was PT31S",
                "threads: 0 | threads must be 1 to 256, was 0",
                "threads: 257 | threads must be 1 to 256, was 257",
                "threads: [2] | threads must be a whole number of at most 4 bytes, was [2]"
            })
    void aBadKeyIsRefusedWithBoundAndValue(String yaml, String message) {
        refused(SMALLEST + yaml, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'{}' | features.kind must be vectors, text or embeddings, was missing",
                "'{kind: images}' | features.kind must be one of [vectors, text, embeddings], was 'images'",
                "'{kind: vectors}' | features.dimension must be 1 to 4096 for kind vectors, was missing",
                "'{kind: vectors, dimension: 0}' | features.dimension must be 1 to 4096 for kind vectors, was 0",
                "'{kind: vectors, dimension: 4097}' | features.dimension must be 1 to 4096 for kind vectors, was 4097",
                "'{kind: vectors, dimension: 4, file: x}' | features.file must be absent for kind vectors, was 'x'",
                "'{kind: text}' | features.file must be a path for kind text, was missing",
                "'{kind: text, file: x, dimension: 4}' | features.dimension must be absent for kind text, was 4",
                "'{kind: text, file: x, batch: 4}' | features.batch must be absent for kind text, was 4",
                "'{kind: vectors, dimension: 4, url: \"http://h\"}' | features.url must be absent for kind vectors, was 'http://h'",
                "'{kind: embeddings, dimension: 4}' | features.contract must be openai or tei for kind embeddings, was missing",
                "'{kind: embeddings, dimension: 4, contract: cohere}' | features.contract must be one of [openai, tei], was 'cohere'",
                "'{kind: embeddings, contract: tei, url: \"http://h\"}' | features.dimension must be 1 to 4096 for kind embeddings without a file, was missing",
                "'{kind: embeddings, contract: tei, url: \"http://h\", dimension: 4097}' | features.dimension must be 1 to 4096 for kind embeddings without a file, was 4097",
                "'{kind: embeddings, contract: tei, url: \"http://h\", file: x, dimension: 16385}' | features.dimension must be 1 to 16384 for kind embeddings, was 16385",
                "'{kind: embeddings, dimension: 4, contract: tei}' | features.url must be http or https, host and port, without a password, for kind embeddings, was missing",
                "'{kind: embeddings, dimension: 4, contract: tei, url: \"ftp://h\"}' | features.url must be http or https, host and port, without a password, for kind embeddings, was 'something else'",
                "'{kind: embeddings, dimension: 4, contract: tei, url: \"http://me:pw@h\"}' | features.url must be http or https, host and port, without a password, for kind embeddings, was 'something else'",
                "'{kind: embeddings, dimension: 4, contract: openai, url: \"http://h\"}' | features.model must be 1 to 256 characters for contract openai, was missing",
                "'{kind: embeddings, dimension: 4, contract: tei, url: \"http://h\", timeout: PT1M}' | features.timeout must be PT0.1S to PT30S, was PT1M",
                "'{kind: embeddings, dimension: 4, contract: tei, url: \"http://h\", batch: 0}' | features.batch must be 1 to 2048, was 0",
                "'{kind: embeddings, dimension: 4, contract: tei, url: \"http://h\", retries: 21}' | features.retries must be 0 to 20, was 21",
                "'{kind: text, file: x, name: \"a:b\"}' | features.name must be 1 to 64 of the characters A-Z a-z 0-9 . _ -, was 'a:b'"
            })
    void badFeaturesAreRefusedWithBoundAndValue(String features, String message) {
        refused("kafka: {bootstrap.servers: x}\nfeatures: " + features, message);
    }

    @Test
    void theBrokerMustBeNamed() {
        String must = "kafka.bootstrap.servers must be host:port, comma separated, was ";
        refused("features: {kind: vectors, dimension: 4}", must + "missing");
        refused("features: {kind: vectors, dimension: 4}\nkafka: {bootstrap.servers: ' '}", must + "' '");
        refused(SMALLEST.replace("}\nf", ", acks: null}\nf"), "kafka.acks must be text or a number, was missing");
    }

    @Test
    void whatIsNoMappingOrNoYamlIsRefused() {
        refused("[1]", "the configuration must be a mapping of keys to values, was 'array'");
        assertThatThrownBy(() -> ServiceConfig.parse("threads: 2\nthreads: 3", Map.of()))
                .hasMessageContaining("Duplicate field 'threads'");
        assertThatThrownBy(() -> ServiceConfig.parse("a: b: c", Map.of()))
                .hasMessageStartingWith("the configuration is not valid YAML: ");
        assertThatThrownBy(() -> ServiceConfig.parse(SMALLEST + "---\nthreads: 3", Map.of()))
                .hasMessageContaining("Trailing token");
    }

    @Test
    void aBadVariableIsRefusedLikeABadKey() {
        assertThatThrownBy(() -> ServiceConfig.parse(SMALLEST, Map.of("ASSAY_RERUN_MAX_ROUNDS", "many")))
                .hasMessage("rerun.max-rounds must be a whole number of at most 4 bytes, was 'many'");
    }

    @Test
    void aRegistryIsReadAndItsPasswordIsShownToNobody() {
        ServiceConfig config = ServiceConfig.parse(
                SMALLEST,
                Map.of(
                        "ASSAY_REGISTRY_URL", "http://registry:8080/apis/ccompat/v7",
                        "ASSAY_REGISTRY_USER", "assay",
                        "ASSAY_REGISTRY_PASSWORD", "hush"));

        assertThat(config.cluster().registry())
                .isEqualTo(new RegistrySettings(
                        "http://registry:8080/apis/ccompat/v7",
                        "assay",
                        new Secret("hush"),
                        Duration.ofSeconds(5),
                        true));
        assertThat(config.toString()).doesNotContain("hush");
        assertThat(ServiceConfig.parse(config.toYaml(), Map.of())).isEqualTo(config);
        refused(
                SMALLEST.replace("}\nf", ", schema.registry.url: \"http://r\"}\nf"),
                "kafka.schema.registry.url must be absent: registry.url says it, was 'http://r'");
    }

    @Test
    void secretsStayOutOfToString() {
        assertThat(ServiceConfig.parse(LARGEST, Map.of()).toString())
                .contains("sasl.jaas.config")
                .doesNotContain("secret");
    }

    @Test
    void aFileIsReadAndNamedInItsErrors(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("assay.yaml"), SMALLEST);
        Path bad = Files.writeString(folder.resolve("bad.yaml"), SMALLEST + "threads: 0");

        assertThat(ServiceConfig.read(file).features()).isEqualTo(new VectorsConfig("features", 16, false));
        assertThatThrownBy(() -> ServiceConfig.read(bad))
                .hasMessage("config file " + bad + ": threads must be 1 to 256, was 0");
        assertThatThrownBy(() -> ServiceConfig.read(folder.resolve("absent.yaml")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent.yaml does not exist");
    }

    @Test
    void featuresAreOpenedBesideTheFile(@TempDir Path folder) {
        TextFeatureSpace essays = TextFeatureSpace.fit("essays", Essays.seeded(17, 30), 3);
        essays.save(folder.resolve("essays.features"));
        FeaturesConfig text = new TextConfig("essays", "essays.features", false);
        FeaturesConfig misnamed = new TextConfig("poems", "essays.features", false);

        assertThat(text.open(folder).id()).isEqualTo(essays.id());
        assertThat(new VectorsConfig("v", 4, false).open(folder).dimension()).isEqualTo(4);
        assertThatThrownBy(() -> misnamed.open(folder))
                .hasMessage(
                        "features.name must be that of the space in essays.features, " + essays.id() + ", was 'poems'");
    }

    private static void refused(String yaml, String message) {
        assertThatThrownBy(() -> ServiceConfig.parse(yaml, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
