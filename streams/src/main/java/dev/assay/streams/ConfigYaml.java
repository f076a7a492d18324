package dev.assay.streams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.assay.estimator.algebra.Require;
import dev.assay.streams.json.JsonErrors;
import dev.assay.streams.json.Shown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@link ServiceConfig} as YAML: the defaults, over them the file, over that the environment, then bound and checked. */
final class ConfigYaml {
    private static final String KAFKA = "kafka."; // whose keys are Kafka's
    private static final String FEATURES = "features";
    private static final Set<String> TEXTS = Set.of("file", "url", "model", "api-key"); // shown in quotes

    /** Also the list of the scalar keys that the environment can set; null where there is no default. */
    private static final String DEFAULTS = """
            model: default
            kafka: {bootstrap.servers: null}
            topics: {prefix: assay., shards: 4, replication: 1}
            context: {offset: 1.0, attributes: []}
            features:
              {kind: null, name: features, dimension: null, file: null, position: false, contract: null, url: null,
               model: null, api-key: null, batch: null, timeout: null, retries: null}
            update: {interval: PT0.1S}
            rerun:
              {drift: 0.1, growth: 1.3, late-growth: 2.0, new-judgments: 0, interval: PT1M, minimum-judgments: 100,
               method: alternating, max-rounds: null, weak-prior: 0.0, patience: PT10S}
            score: {level: 0.95, max-candidates: 4096, decisions: none, snapshots: newest}
            gateway:
              {host: 127.0.0.1, port: 8080, max-items: 1000, max-body-bytes: 8388608, in-flight-bytes: 33554432,
               ack-timeout: PT10S, rate-per-second: 20000, rate-burst: 40000, tls-key-store: null,
               tls-key-store-password: null, argilla-secret: null, prolific-secret: null, pseudonym-key: null,
               tokens: []}
            serve:
              {host: 127.0.0.1, port: 8081, max-body-bytes: 33554432, in-flight-bytes: 134217728, anonymous: false,
               reward: lower, stale-after: PT30S, max-age: null, tls-key-store: null, tls-key-store-password: null}
            metrics: {host: 127.0.0.1, port: null}
            registry: {url: null, user: null, password: null, timeout: PT5S, write: true}
            threads: 2
            """;

    private static final ObjectMapper MAPPER = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL) // a default that the builder forgets
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID) // else kind becomes a YAML tag
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .build())
            .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT) // 2.5 shards would silently be 2.
            .registerModule(new SimpleModule()
                    .addSerializer(Duration.class, ToStringSerializer.instance)
                    .addDeserializer(Duration.class, new DurationText()));

    private ConfigYaml() {}

    static ServiceConfig parse(String yaml, Map<String, String> environment) {
        ObjectNode tree = MAPPER.createObjectNode();
        try {
            tree = (ObjectNode) MAPPER.readTree(DEFAULTS);
            List<List<String>> scalars = scalars(tree);
            JsonNode file = MAPPER.readTree(yaml);
            if (!file.isMissingNode() && !file.isNull()) { // An empty file is one that leaves all to the environment.
                Setting.require(file.isObject(), "the configuration", "a mapping of keys to values", kindOf(file));
                overlay(tree, (ObjectNode) file, "");
            }
            for (List<String> path : scalars) {
                String value = environment.getOrDefault(variable(path), "");
                if (!value.isEmpty()) {
                    set(tree, path, value);
                }
            }
            requireKind(tree.get(FEATURES));
            return MAPPER.treeToValue(tree, ServiceConfig.class);
        } catch (UnrecognizedPropertyException e) {
            requireNoneOfAnotherKind(e, tree.get(FEATURES));
            throw new IllegalArgumentException(JsonErrors.OF_A_CONFIGURATION.inWords(e, tree), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(JsonErrors.OF_A_CONFIGURATION.inWords(e, tree), e);
        }
    }

    static String write(ServiceConfig config) {
        try {
            return MAPPER.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a checked configuration can be written", e);
        }
    }

    /** The environment variable of a key: {@code [rerun, max-rounds]} is {@code ASSAY_RERUN_MAX_ROUNDS}. */
    static String variable(List<String> path) {
        return "ASSAY_"
                + String.join("_", path).replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * Over ← what the file says; a key without a value keeps its default, and maps are merged. Keys without a default are
     * refused here, since binding passes over them where those of several records stand side by side.
     */
    private static void overlay(ObjectNode over, ObjectNode file, String section) {
        file.properties().forEach(entry -> {
            JsonNode before = over.get(entry.getKey());
            JsonNode value = entry.getValue();
            if (before == null && !section.equals(KAFKA)) {
                throw new IllegalArgumentException(JsonErrors.OF_A_CONFIGURATION.unknown(
                        section + entry.getKey(),
                        over.properties().stream().map(Map.Entry::getKey).toList()));
            }
            if (before instanceof ObjectNode inner && value instanceof ObjectNode from) {
                overlay(inner, from, entry.getKey() + ".");
            } else if (before == null || !value.isNull()) {
                over.set(entry.getKey(), value);
            }
        });
    }

    /** Before binding, which reads nothing of a section without a kind that it knows. Null is then as good as absent. */
    private static void requireKind(JsonNode section) {
        Setting.require(section.isObject(), FEATURES, "a mapping of keys to values", shown(section));
        JsonNode kind = ((ObjectNode) section).removeNulls().path("kind");
        Setting.require(!kind.isMissingNode(), "features.kind", "vectors, text or embeddings", null);
        Setting.require(
                FeaturesConfig.kinds().contains(kind.asText()),
                "features.kind",
                "one of " + FeaturesConfig.kinds(),
                shown(kind));
    }

    private static void requireNoneOfAnotherKind(UnrecognizedPropertyException error, JsonNode section) {
        String key = error.getPropertyName();
        JsonNode value = section.path(key);
        String text = key.equals("api-key") ? "set" : value.isValueNode() ? value.asText() : value.toString();
        Require.that(
                !FeaturesConfig.class.isAssignableFrom(error.getReferringClass()),
                "features.%s must be absent for kind %s, was %s",
                key,
                section.path("kind").asText(),
                TEXTS.contains(key) ? "'" + text + "'" : text);
    }

    /** A text, which is shown in quotes, or something else. */
    private static Object shown(JsonNode value) {
        return value.isTextual() ? Shown.of(value.textValue()) : value;
    }

    private static List<List<String>> scalars(ObjectNode defaults) {
        List<List<String>> paths = new ArrayList<>();
        defaults.properties().forEach(top -> {
            if (top.getValue().isObject()) {
                top.getValue().properties().forEach(inner -> {
                    if (!inner.getValue().isContainerNode()) {
                        paths.add(List.of(top.getKey(), inner.getKey()));
                    }
                });
            } else {
                paths.add(List.of(top.getKey()));
            }
        });
        return paths;
    }

    private static void set(ObjectNode tree, List<String> path, String value) {
        ObjectNode parent = tree;
        for (String key : path.subList(0, path.size() - 1)) {
            if (!(parent.get(key) instanceof ObjectNode inner)) {
                return; // The file has no mapping there; binding will say so.
            }
            parent = inner;
        }
        parent.put(path.get(path.size() - 1), value);
    }

    private static String kindOf(JsonNode node) {
        return node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
