package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.schemas.Topic;
import dev.assay.schemas.Topics;
import dev.assay.streams.ServiceConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ops/kubernetes: every document has only fields that its kind knows, and says the same as the code. What is derived from
 * elsewhere, the topics and the alerts, is written anew by {@code -Dassay.pin=true}.
 */
class KubernetesTest {
    private static final Path ROOT = Path.of("../kubernetes").toAbsolutePath().normalize();
    private static final Path EXAMPLE = ROOT.resolve("overlays/example");
    private static final Map<String, Class<?>> KINDS = Map.ofEntries(
            Map.entry("apps/v1 Deployment", Deployment.class),
            Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class),
            Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
            Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
            Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("v1 ConfigMap", ConfigMap.class),
            Map.entry("v1 Service", Service.class),
            Map.entry("v1 ServiceAccount", ServiceAccount.class));
    private static final Set<String> KUSTOMIZATION = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "components",
            "configMapGenerator",
            "labels",
            "images",
            "replicas",
            "patches");

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    /** The models keep unknown fields aside, for versions to come; here there are to be none. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            });

    @Test
    void everyDocumentHasOnlyFieldsThatItsKindKnows() throws Exception {
        assertThat(resources()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base/scorer.yaml#0 /spec/template/spec/containers/0/readinesProbe",
                "base/scorer.yaml#1 /spec/ports/0/targetport",
                "base/scorer.yaml#2 /spec/maxUnavailabel",
                "base/scorer.yaml#3 /spec/maxReplica",
                "base/networkpolicy.yaml#0 /spec/podselector",
                "strimzi/topics.yaml#0 /spec/partition",
                "strimzi/user.yaml#0 /spec/authorization/acls/0/resource/pattern",
                "monitoring/podmonitor.yaml#0 /spec/podMetricsEndpoints/0/intervall",
                "monitoring/rules.yaml#0 /spec/groups/0/rules/0/alerts"
            })
    void aMisspeltFieldIsFound(String where) throws Exception {
        String[] fileAndField = where.split(" ", 2);
        String[] fileAndIndex = fileAndField[0].split("#", 2);
        JsonNode document = documents(ROOT.resolve(fileAndIndex[0])).get(Integer.parseInt(fileAndIndex[1]));
        int end = fileAndField[1].lastIndexOf('/');
        String field = fileAndField[1].substring(end + 1);
        ((ObjectNode) document.at(fileAndField[1].substring(0, end))).put(field, 1);

        assertThatThrownBy(() -> typed(document)).hasMessageContaining(field);
    }

    @Test
    void theTopicsAreThoseOfTheCatalogue() throws Exception {
        Path config = ROOT.resolve("base/assay.yaml");
        ServiceConfig service = ServiceConfig.parse(Files.readString(config), Map.of());
        int parameters = DeploymentOption.open(config).shape().parameters();
        List<ObjectNode> expected = new ArrayList<>();
        for (Topic topic : new Topics(service.cluster().topics().prefix()).all(parameters)) {
            expected.add(kafkaTopic(topic, service.cluster().topics()));
        }

        assertThat(committed(
                        "strimzi/topics.yaml",
                        "Every topic, as dev.assay.schemas.Topics has them: written by KubernetesTest with -Dassay.pin=true.",
                        expected))
                .isEqualTo(expected);
    }

    @Test
    void theAlertsAreThoseOfTheDashboards() throws Exception {
        ObjectNode rule = YAML.createObjectNode();
        rule.put("apiVersion", "monitoring.coreos.com/v1").put("kind", "PrometheusRule");
        rule.putObject("metadata").put("name", "assay");
        rule.set("spec", documents(ROOT.resolve("../dashboards/alerts.yml")).get(0));

        assertThat(committed(
                        "monitoring/rules.yaml",
                        "The alerts of ops/dashboards/alerts.yml: written by KubernetesTest with -Dassay.pin=true.",
                        List.of(rule)))
                .isEqualTo(List.of(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {"base/assay.yaml", "overlays/example/assay.yaml", "../docker/assay.yaml"})
    void theRolesTakeTheConfig(String file) throws Exception {
        String yaml = Files.readString(ROOT.resolve(file));
        ServiceConfig config = ServiceConfig.parse(
                yaml,
                Map.of(
                        "ASSAY_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                        "ASSAY_SERVE_HOST", "0.0.0.0",
                        "ASSAY_GATEWAY_HOST", "0.0.0.0"));
        assertThat(config.servers().gateway().tokens()).isNotEmpty();
    }

    @Test
    void everyRoleIsARestrictedPodThatItsProbesAndServicesReach() throws Exception {
        List<Object> resources = resources();
        List<PodTemplateSpec> pods = all(resources, Deployment.class)
                .map(d -> d.getSpec().getTemplate())
                .toList();
        assertThat(pods).hasSize(3).allSatisfy(KubernetesTest::assertRestricted);
        assertThat(all(resources, Service.class))
                .hasSize(2)
                .allSatisfy(service -> assertThat(
                                matching(pods, service.getSpec().getSelector()))
                        .anySatisfy(pod -> assertThat(ports(pod))
                                .contains(service.getSpec()
                                        .getPorts()
                                        .get(0)
                                        .getTargetPort()
                                        .getStrVal())));
        assertThat(all(resources, PodDisruptionBudget.class))
                .hasSize(3)
                .allSatisfy(budget -> assertThat(
                                matching(pods, budget.getSpec().getSelector().getMatchLabels()))
                        .hasSize(1));
    }

    private static void assertRestricted(PodTemplateSpec template) {
        PodSpec pod = template.getSpec();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        // Else ASSAY_GATEWAY_PORT=tcp://… of the Service assay-gateway would be taken for gateway.port.
        assertThat(pod.getEnableServiceLinks()).isFalse();
        Container container = pod.getContainers().get(0);
        assertThat(Assay.commandLine().getSubcommands())
                .containsKey(container.getArgs().get(0));
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getResources().getLimits()).containsKey("memory");
        assertThat(container.getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/tmp"));
        for (Probe probe :
                List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
            assertThat(ports(template)).contains(probe.getHttpGet().getPort().getStrVal());
        }
        int metrics = container.getPorts().stream()
                .filter(port -> port.getName().equals("metrics"))
                .mapToInt(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow();
        assertThat(container.getEnv()).contains(new EnvVar("ASSAY_METRICS_PORT", Integer.toString(metrics), null));
    }

    private static List<String> ports(PodTemplateSpec pod) {
        return pod.getSpec().getContainers().get(0).getPorts().stream()
                .map(ContainerPort::getName)
                .toList();
    }

    private static List<PodTemplateSpec> matching(List<PodTemplateSpec> pods, Map<String, String> labels) {
        return pods.stream()
                .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
    }

    private static <T> Stream<T> all(List<Object> resources, Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast);
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "strimzi", "monitoring", "overlays/example"})
    void aKustomizationNamesWhatIsThere(String folder) throws Exception {
        JsonNode kustomization =
                documents(ROOT.resolve(folder).resolve("kustomization.yaml")).get(0);
        assertThat(kustomization.fieldNames()).toIterable().isSubsetOf(KUSTOMIZATION);
        List<JsonNode> named = new ArrayList<>();
        kustomization.path("resources").forEach(named::add);
        kustomization.path("components").forEach(named::add);
        kustomization.path("patches").forEach(patch -> named.add(patch.get("path")));
        kustomization
                .path("configMapGenerator")
                .forEach(made -> made.get("files").forEach(named::add));
        assertThat(named)
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(ROOT.resolve(folder).resolve(name.asText())).exists());
    }

    @Test
    void whatTheExampleBecomesHasOnlyFieldsThatItsKindsKnow() throws Exception {
        Path rendered = Files.createTempFile("assay-kustomize", ".yaml");
        Process kubectl;
        try {
            kubectl = new ProcessBuilder("kubectl", "kustomize", EXAMPLE.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(rendered.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "there is no kubectl here: " + e.getMessage());
            return;
        }
        assertThat(kubectl.waitFor()).as(Files.readString(rendered)).isZero();
        List<Object> resources = new ArrayList<>();
        for (JsonNode document : documents(rendered)) {
            resources.add(typed(document));
        }
        Files.delete(rendered);

        assertThat(all(resources, Deployment.class)).hasSize(3).allSatisfy(role -> {
            assertThat(role.getMetadata().getNamespace()).isEqualTo("kafka");
            assertThat(role.getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .get(0)
                            .getImage())
                    .isEqualTo("registry.example.com/assay:0.1.0");
        });
        assertThat(all(resources, ConfigMap.class))
                .singleElement()
                .satisfies(config -> assertThat(config.getData().get("assay.yaml"))
                        .isEqualTo(Files.readString(EXAMPLE.resolve("assay.yaml"))));
    }

    /** Every document that is applied, kustomizations and configs apart. */
    private static List<Object> resources() throws IOException {
        List<Object> resources = new ArrayList<>();
        for (String folder : List.of("base", "strimzi", "monitoring")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
                for (Path file : files.sorted().toList()) {
                    if (!Set.of("kustomization.yaml", "assay.yaml")
                            .contains(file.getFileName().toString())) {
                        for (JsonNode document : documents(file)) {
                            resources.add(typed(document));
                        }
                    }
                }
            }
        }
        return resources;
    }

    private static List<JsonNode> documents(Path file) throws IOException {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        }
    }

    /** @throws UnrecognizedPropertyException if there is a field that the kind does not know */
    private static Object typed(JsonNode document) throws IOException {
        String kind = document.path("apiVersion").asText() + " "
                + document.path("kind").asText();
        Class<?> type = KINDS.get(kind);
        assertThat(type).as("a kind that is checked, of " + kind).isNotNull();
        return STRICT.treeToValue(document, type);
    }

    private static ObjectNode kafkaTopic(Topic topic, ServiceConfig.TopicsConfig config) throws IOException {
        ObjectNode resource = YAML.createObjectNode();
        resource.put("apiVersion", "kafka.strimzi.io/v1").put("kind", "KafkaTopic");
        resource.putObject("metadata")
                .put("name", topic.name())
                .putObject("labels")
                .put("strimzi.io/cluster", "kafka");
        ObjectNode spec = resource.putObject("spec");
        spec.put("partitions", topic.partitions() == Topic.Partitions.SHARDED ? config.shards() : 1);
        spec.put("replicas", (int) config.replication());
        ObjectNode settings = spec.putObject("config");
        for (Map.Entry<String, String> setting : new TreeMap<>(topic.settings()).entrySet()) {
            settings.set(setting.getKey(), YAML.readTree(setting.getValue())); // numbers as numbers
        }
        settings.put("min.insync.replicas", 2);
        return resource;
    }

    private static List<JsonNode> committed(String name, String comment, List<ObjectNode> wanted) throws IOException {
        Path file = ROOT.resolve(name);
        if (Boolean.getBoolean("assay.pin")) {
            StringBuilder text = new StringBuilder("# " + comment + "\n");
            for (ObjectNode document : wanted) {
                text.append(YAML.writeValueAsString(document));
            }
            Files.writeString(file, text, StandardCharsets.UTF_8);
        }
        return documents(file);
    }
}
