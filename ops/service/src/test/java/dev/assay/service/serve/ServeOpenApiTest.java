package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.estimator.algebra.Vector;
import dev.assay.service.http.OpenApiDocument;
import dev.assay.service.http.Route;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.settings.ServeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scorer's contract for machines, against the scorer. */
class ServeOpenApiTest {
    private static final String JSON = "application/json";
    private static final JsonNode DOCUMENT = document();
    private static final List<Route> ROUTES = ServedScorer.routes();
    private static final PolicyResponses TWO_POLICIES = new PolicyResponses(
            List.of("old", "new"),
            List.of(
                    List.of(Vector.of(1, 0, 0, 0), Vector.of(0, 2, 0, 0)),
                    List.of(Vector.of(0, 0, 1, 0), Vector.of(3, 0, 0, 1))));

    private static JsonNode document() {
        try {
            return new ObjectMapper().readTree(bytes());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes() throws IOException {
        try (InputStream document = ServeOpenApiTest.class.getResourceAsStream("openapi.json")) {
            return Objects.requireNonNull(document).readAllBytes();
        }
    }

    @Test
    void theDocumentIsWhatTheRoutesSay() {
        OpenApiDocument.requireCurrent("dev/assay/service/serve", ROUTES);
    }

    @Test
    void theDocumentIsValidAndDescribesExactlyTheRoutesThereAre() throws Exception {
        assertThat(OpenApiDocument.validRoutes(bytes()))
                .isEqualTo(described()
                        .map(route -> route.method() + " " + route.path())
                        .collect(Collectors.toSet()));
    }

    private static Stream<Route> described() {
        return ROUTES.stream().filter(route -> !route.operation().isEmpty());
    }

    /** An example: where it is asked, what, and what the document says is answered. */
    record Example(String path, String name, JsonNode operation, JsonNode request) {
        @Override
        public String toString() {
            return path + " " + name;
        }

        JsonNode requestSchema() {
            return operation.at("/requestBody/content").path(JSON).path("schema");
        }

        JsonNode answerContent() {
            return operation.at("/responses/200/content").path(JSON);
        }
    }

    static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        DOCUMENT.path("paths").properties().forEach(path -> {
            JsonNode operation = path.getValue().path("post");
            operation
                    .at("/requestBody/content")
                    .path(JSON)
                    .path("examples")
                    .properties()
                    .forEach(example -> examples.add(new Example(
                            path.getKey(),
                            example.getKey(),
                            operation,
                            example.getValue().path("value"))));
        });
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsAnsweredWithTheFieldsThatTheDocumentSays(Example example) throws Exception {
        try (ServedScorer scorer = scorer()) {
            ServedScorer.Reply reply = scorer.post(onThisServer(example.path), example.request.toString());

            assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
            assertThat(faults(example.requestSchema(), example.request)).isEmpty();
            assertThat(faults(example.answerContent().path("schema"), reply.json()))
                    .isEmpty();
        }
    }

    @Test
    void everyRouteThatIsPostedToHasAnExampleAndItsAnswer() {
        List<Example> examples = examples();

        assertThat(examples.stream().map(Example::path).distinct())
                .containsExactlyInAnyOrderElementsOf(posted().toList());
        for (Example example : examples) {
            JsonNode answer =
                    example.answerContent().path("examples").path(example.name).path("value");
            assertThat(answer.isMissingNode()).as("%s has an answer", example).isFalse();
            assertThat(faults(example.answerContent().path("schema"), answer))
                    .as(example.toString())
                    .isEmpty();
        }
    }

    private static Stream<String> posted() {
        return described().filter(route -> route.method().equals("POST")).map(Route::path);
    }

    static Stream<String> gotten() {
        return described()
                .filter(route -> route.method().equals("GET")
                        && !List.of("/openapi.json", "/v1/activity/stream").contains(route.path()))
                .map(Route::path);
    }

    @ParameterizedTest
    @MethodSource("gotten")
    void whatIsGottenHasTheFieldsThatTheDocumentSaysReadyOrNot(String path) throws Exception {
        JsonNode operation = DOCUMENT.path("paths").path(path).path("get");
        try (ServedScorer scorer = scorer();
                ServedScorer young = new ServedScorer()) {
            for (ServedScorer.Reply reply : List.of(scorer.get(onThisServer(path)), young.get(onThisServer(path)))) {
                JsonNode described = resolved(operation.path("responses").path(Integer.toString(reply.status())));
                JsonNode content = described.path("content").elements().next();

                assertThat(faults(content.path("schema"), reply.json()))
                        .as(reply.toString())
                        .isEmpty();
            }
        }
        JsonNode content = operation.at("/responses/200/content").path(JSON);
        assertThat(faults(content.path("schema"), content.path("example")))
                .as("its example")
                .isEmpty();
    }

    @Test
    void aMistakeIsAProblemAsDescribed() throws Exception {
        try (ServedScorer scorer = scorer()) {
            ServedScorer.Reply reply = scorer.post("/v1/score", "{\"responses\": []}");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(faults(DOCUMENT.at("/components/schemas/Problem"), reply.json()))
                    .isEmpty();
        }
    }

    private static ServedScorer scorer() {
        FeatureSpace space = new TextsAndTriples();
        ServedScorer scorer = new ServedScorer(ServeSettings.DEFAULTS, space, TWO_POLICIES);
        scorer.newest.offer(ServedScorer.snapshot(1, space.id()));
        scorer.seen = SeenExamples.seen();
        return scorer;
    }

    private static String onThisServer(String path) {
        return path.replace("{m}", ServedScorer.DEPLOYMENT.model());
    }

    /** Both kinds of the document's examples, before the four features of the scorer here. */
    private static final class TextsAndTriples extends FourFeatures {
        TextsAndTriples() {
            super("triples");
        }

        @Override
        public float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text)
                throws Refusal {
            if (text != null) {
                return new float[] {text.length(), 0, 0, 0};
            }
            float[] triple = Objects.requireNonNull(vector);
            assertThat(triple).hasSize(3);
            return Arrays.copyOf(triple, 4);
        }
    }

    /** @return what of the value the schema does not say, by place; the part of JSON Schema that the document uses */
    private static List<String> faults(JsonNode schema, JsonNode value) {
        List<String> faults = new ArrayList<>();
        judge(schema, value, "", faults);
        return faults;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").textValue().substring(1)) : node;
    }

    private static void judge(JsonNode described, JsonNode value, String at, List<String> faults) {
        JsonNode schema = resolved(described);
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        schema.path("allOf").forEach(all -> judge(all, value, at, faults));
        if (schema.has("oneOf") && schema.path("oneOf").get(0).has("required")) {
            long fit = elements(schema.path("oneOf"))
                    .filter(one -> hasAll(one, value))
                    .count();
            check(fit == 1, at + " must have one of " + schema.path("oneOf"), faults);
        } else if (schema.has("oneOf")) {
            List<List<String>> tries = elements(schema.path("oneOf"))
                    .map(one -> faults(one, value))
                    .toList();
            long fit = tries.stream().filter(List::isEmpty).count();
            check(fit == 1, at + " must be one of several, is " + fit + ": " + tries, faults);
        }
        check(
                ofType(schema.path("type").asText(), value),
                at + " must be " + schema.path("type") + ", was " + value,
                faults);
        if (schema.has("enum")) {
            check(
                    elements(schema.path("enum")).anyMatch(value::equals),
                    at + " must be in " + schema.path("enum"),
                    faults);
        }
        if (value.isNumber()) {
            check(
                    value.doubleValue() >= schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY),
                    at + " too low",
                    faults);
            check(
                    value.doubleValue() <= schema.path("maximum").asDouble(Double.POSITIVE_INFINITY),
                    at + " too high",
                    faults);
        }
        if (value.isArray() && schema.has("items")) {
            check(value.size() >= schema.path("minItems").asInt(0), at + " has too few", faults);
            check(value.size() <= schema.path("maxItems").asInt(Integer.MAX_VALUE), at + " has too many", faults);
            for (int i = 0; i < value.size(); i++) {
                judge(schema.path("items"), value.get(i), at + "[" + i + "]", faults);
            }
        }
        if (value.isObject() && schema.has("properties")) {
            check(hasAll(schema, value), at + " must have " + schema.path("required") + ", was " + value, faults);
            value.properties().forEach(field -> {
                JsonNode known = schema.path("properties").path(field.getKey());
                if (known.isMissingNode()) {
                    faults.add(at + "." + field.getKey() + " is not described");
                } else {
                    judge(known, field.getValue(), at + "." + field.getKey(), faults);
                }
            });
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return array.valueStream();
    }

    private static boolean hasAll(JsonNode schema, JsonNode value) {
        return elements(schema.path("required")).allMatch(name -> value.has(name.textValue()));
    }

    private static boolean ofType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    private static void check(boolean holds, String fault, List<String> faults) {
        if (!holds) {
            faults.add(fault);
        }
    }
}
