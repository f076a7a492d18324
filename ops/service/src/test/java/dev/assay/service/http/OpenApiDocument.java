package dev.assay.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code openapi.json} of a server, made of its routes and of the records that they take and answer: swagger-core makes the
 * schemas; what may be null, and what must be there, follows from how Jackson writes the records. Examples alone are kept by
 * hand, in the committed document, from which they are taken over.
 */
public final class OpenApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Doc NOTHING = Objects.requireNonNull(Undescribed.class.getAnnotation(Doc.class));
    private static final int LINE = 120;
    private static final Map<Integer, String> NAMES = Map.of(
            400, "BadRequest",
            401, "Unauthorized",
            403, "Forbidden",
            404, "NotFound",
            408, "TooSlow",
            413, "TooLarge",
            415, "NotJson",
            422, "Refused",
            429, "Busy",
            503, "Unavailable");

    @Doc
    private interface Undescribed {}

    private final ModelConverters converters = new ModelConverters();
    private final ObjectNode head;
    private final Map<String, String> refusals;
    private final JsonNode committed;
    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private final Map<String, ObjectNode> responses = new TreeMap<>();
    private final Map<String, Class<?>> types = new LinkedHashMap<>();

    /**
     * @param head title, description, who may ask
     * @param refusals the words for each status
     * @param committed the document as it is, for its examples
     */
    private OpenApiDocument(ObjectNode head, Map<String, String> refusals, JsonNode committed) {
        this.head = head;
        this.refusals = refusals;
        this.committed = committed;
        ObjectMapper mapper = Json.mapper().copy();
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        converters.addConverter(new ModelResolver(mapper, new TypeNameResolver() {
            @Override
            protected String nameForClass(Class<?> kind, Set<Options> options) {
                return nameOf(kind);
            }
        }));
    }

    /**
     * Compares the committed document with the routes; with {@code -Dassay.openapi=write} it is written instead.
     *
     * @param folder of {@code openapi.json} in the resources; in those of the tests it has the words, head and refusals
     */
    public static void requireCurrent(String folder, List<Route> routes) {
        try {
            Path words = Path.of("src/test/resources", folder, "openapi-words.json");
            Path document = Path.of("src/main/resources", folder, "openapi.json");
            JsonNode said = JSON.readTree(Files.readString(words));
            Map<String, String> refusals = new TreeMap<>();
            said.path("refusals")
                    .properties()
                    .forEach(entry ->
                            refusals.put(entry.getKey(), entry.getValue().asText()));
            String is = Files.exists(document) ? Files.readString(document) : "{}";
            String should = new OpenApiDocument((ObjectNode) said.path("head"), refusals, JSON.readTree(is)).of(routes);
            if ("write".equals(System.getProperty("assay.openapi"))) {
                Files.writeString(document, should, StandardCharsets.UTF_8);
                is = should;
            }
            assertThat(is)
                    .as("made again by: mvnw test -pl ops/service -am -Dtest='*OpenApiTest' -Dassay.openapi=write")
                    .isEqualTo(should);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return method and path of every operation; fails if it is no valid document */
    public static Set<String> validRoutes(byte[] document) {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(new String(document, StandardCharsets.UTF_8));
        assertThat(read.getMessages()).isEmpty();
        Set<String> routes = new HashSet<>();
        read.getOpenAPI()
                .getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> routes.add(method + " " + path)));
        return routes;
    }

    private String of(List<Route> routes) throws IOException {
        ObjectNode document = head.deepCopy();
        JsonNode components = document.remove("components");
        ObjectNode paths = document.putObject("paths");
        for (Route route : routes) {
            if (!route.operation().isEmpty()) {
                ObjectNode path =
                        paths.has(route.path()) ? (ObjectNode) paths.get(route.path()) : paths.putObject(route.path());
                String method = route.method().toLowerCase(java.util.Locale.ROOT);
                path.set(
                        method,
                        operation(
                                route,
                                committed.path("paths").path(route.path()).path(method)));
            }
        }
        ObjectNode all = document.putObject("components");
        components.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
        ObjectNode named = all.putObject("responses");
        responses.forEach(named::set);
        refine();
        prune(document, schemas);
        ObjectNode described = all.putObject("schemas");
        schemas.forEach(described::set);
        return written(document, 0) + "\n";
    }

    /** On one line what fits on it, so that a schema's property is a line of the document. */
    private static String written(JsonNode node, int indent) throws IOException {
        String line = JSON.writeValueAsString(node);
        if (!node.isContainerNode() || node.isEmpty() || (node.isArray() && indent + line.length() <= LINE)) {
            return line;
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
            parts.add(written(element, indent + 2));
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            String name = JSON.writeValueAsString(member.getKey()) + ": ";
            String value = JSON.writeValueAsString(member.getValue());
            boolean fits = indent + 2 + name.length() + value.length() <= LINE;
            parts.add(name + (fits ? value : written(member.getValue(), indent + 2)));
        }
        String before = "\n" + " ".repeat(indent + 2);
        return (node.isArray() ? "[" : "{") + before + String.join("," + before, parts) + "\n" + " ".repeat(indent)
                + (node.isArray() ? "]" : "}");
    }

    private ObjectNode operation(Route route, JsonNode before) {
        ObjectNode operation = JSON.createObjectNode();
        operation.put("operationId", route.operation());
        operation.put("summary", route.summary);
        if (!route.description.isEmpty()) {
            operation.put("description", route.description);
        }
        if (route.role == null) {
            operation.putArray("security");
        } else if (route.canBeSigned) {
            ArrayNode either = operation.putArray("security");
            either.addObject().putArray("token");
            either.addObject();
        }
        for (Route.Parameter parameter : route.parameters) {
            ObjectNode one = operation.withArray("parameters").addObject();
            one.put("name", parameter.name());
            one.put("in", parameter.in());
            one.put("required", parameter.in().equals("path"));
            one.put("description", parameter.description());
            one.set("schema", JSON.valueToTree(new TreeMap<>(parameter.schema())));
        }
        if (route.body) {
            ObjectNode body = operation.putObject("requestBody");
            body.put("required", true);
            ObjectNode content = body.putObject("content");
            ObjectNode json = content.putObject("application/json");
            ObjectNode taken = oneOf(route.takes);
            unless(Integer.MAX_VALUE, array(taken), "maxItems", route.mostItems);
            json.set("schema", taken);
            keepExamples(json, before.at("/requestBody/content/application~1json"));
            if (route.bodyOfLines) {
                content.putObject("application/x-ndjson").putObject("schema").put("type", "string");
            }
            if (route.bodyOfAnyType) {
                content.putObject("application/octet-stream")
                        .putObject("schema")
                        .put("type", "string")
                        .put("format", "binary");
            }
        }
        ObjectNode answers = operation.putObject("responses");
        route.answers.forEach((status, described) ->
                answers.set(Integer.toString(status), answer(route, status, described, before.path("responses"))));
        route.refusals().forEach((status, why) -> {
            if (!answers.has(Integer.toString(status))) {
                answers.set(Integer.toString(status), refusal(route, status, why));
            }
        });
        return operation;
    }

    private ObjectNode answer(Route route, int status, Route.Described described, JsonNode before) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("description", described.description().isEmpty() ? refusals.get("200") : described.description());
        if (status == 200) {
            route.headers.forEach((name, component) ->
                    answer.withObject("/headers").putObject(name).put("$ref", "#/components/headers/" + component));
        }
        ObjectNode content = answer.putObject("content").putObject(described.contentType());
        content.set(
                "schema",
                described.contentType().equals("application/json")
                        ? oneOf(described.types())
                        : JSON.createObjectNode().put("type", "string"));
        keepExamples(
                content, before.path(Integer.toString(status)).path("content").path(described.contentType()));
        return answer;
    }

    private static void keepExamples(ObjectNode content, JsonNode before) {
        for (String kept : List.of("example", "examples")) {
            if (before.has(kept)) {
                content.set(kept, before.get(kept));
            }
        }
    }

    private ObjectNode refusal(Route route, int status, String why) {
        Route.ErrorForm form = route.errors;
        ObjectNode refusal = JSON.createObjectNode();
        refusal.put("description", why.isEmpty() ? refusals.get(Integer.toString(status)) : why);
        if (status == 408 || status == 429 || status == 503) {
            ObjectNode later = refusal.putObject("headers").putObject("Retry-After");
            later.put("description", "Seconds to wait.");
            later.putObject("schema").put("type", "integer").put("minimum", 1);
        }
        refusal.putObject("content").putObject(form.contentType()).set("schema", schema(form.name()));
        if (!why.isEmpty()) {
            return refusal;
        }
        String name = form.prefix() + NAMES.get(status);
        responses.put(name, refusal);
        return JSON.createObjectNode().put("$ref", "#/components/responses/" + name);
    }

    private ObjectNode oneOf(List<Class<?>> kinds) {
        if (kinds.isEmpty() || kinds.get(0) == Map.class) {
            return JSON.createObjectNode().put("type", "object");
        }
        if (kinds.size() == 1) {
            return schema(kinds.get(0));
        }
        ObjectNode either = JSON.createObjectNode();
        ArrayNode each = either.putArray("oneOf");
        kinds.forEach(kind -> each.add(schema(kind)));
        return either;
    }

    private ObjectNode schema(Class<?> kind) {
        if (kind.isArray()) {
            ObjectNode array = JSON.createObjectNode().put("type", "array");
            array.set("items", schema(kind.getComponentType()));
            return array;
        }
        know(kind);
        ResolvedSchema resolved = converters.resolveAsResolvedSchema(new AnnotatedType(kind).resolveAsRef(true));
        if (resolved.referencedSchemas != null) {
            resolved.referencedSchemas.forEach(
                    (name, schema) -> schemas.putIfAbsent(name, Json.mapper().convertValue(schema, ObjectNode.class)));
        }
        return JSON.createObjectNode().put("$ref", "#/components/schemas/" + nameOf(kind));
    }

    private static String nameOf(Class<?> kind) {
        Doc doc = kind.getAnnotation(Doc.class);
        return doc == null || doc.name().isEmpty() ? kind.getSimpleName() : doc.name();
    }

    /** Which class is behind a schema, and behind those that it is made of. */
    private void know(Class<?> kind) {
        if (!kind.getName().startsWith("dev.assay.")
                || kind.isEnum()
                || types.putIfAbsent(nameOf(kind), kind) != null) {
            return;
        }
        for (Member member : members(kind)) {
            know(member.type());
        }
    }

    /** A field of a body, however it is declared. */
    private record Member(
            String name, Type generic, java.lang.reflect.AnnotatedType annotated, AnnotatedElement element) {
        /** Of one; of a list's elements. */
        Class<?> type() {
            Type one = generic;
            while (one instanceof ParameterizedType list) {
                one = list.getActualTypeArguments()[list.getActualTypeArguments().length - 1];
            }
            Class<?> kind = one instanceof Class<?> plain ? plain : Object.class;
            return kind.isArray() ? kind.getComponentType() : kind;
        }

        Doc doc() {
            return Objects.requireNonNullElse(element.getAnnotation(Doc.class), NOTHING);
        }

        boolean canBeNull() {
            return annotated.isAnnotationPresent(Nullable.class);
        }
    }

    private static List<Member> members(Class<?> kind) {
        List<Member> members = new ArrayList<>();
        if (kind.isRecord()) {
            for (RecordComponent one : kind.getRecordComponents()) {
                members.add(
                        new Member(one.getName(), one.getGenericType(), one.getAnnotatedType(), fieldOf(kind, one)));
            }
            return members;
        }
        for (Class<?> of = kind; of != null && of != Object.class; of = of.getSuperclass()) {
            for (Field field : of.getDeclaredFields()) {
                if (field.isAnnotationPresent(JsonProperty.class)) {
                    members.add(new Member(field.getName(), field.getGenericType(), field.getAnnotatedType(), field));
                }
            }
        }
        return members;
    }

    private static Field fieldOf(Class<?> record, RecordComponent component) {
        try {
            return record.getDeclaredField(component.getName());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("every component of a record has a field", e);
        }
    }

    /** Puts in what swagger-core cannot know: what must be there and what may be null. */
    private void refine() {
        schemas.remove("JsonNode");
        new LinkedHashMap<>(types).forEach((name, kind) -> {
            ObjectNode schema = schemas.get(name);
            if (schema == null || !schema.has("properties")) {
                return;
            }
            boolean asked = !kind.isRecord() || isAsked(kind);
            List<String> required = new ArrayList<>();
            ObjectNode properties = (ObjectNode) schema.get("properties");
            refine(kind, properties, required, asked, left(kind));
            schema.remove("required");
            ArrayNode byEitherName = readInCamelCaseToo(kind, properties, required);
            if (!required.isEmpty()) {
                ArrayNode each = schema.putArray("required");
                required.forEach(each::add);
            }
            if (asked && kind.getAnnotation(JsonIgnoreProperties.class) == null) {
                schema.put("additionalProperties", false);
            }
            Doc doc = kind.getAnnotation(Doc.class);
            if (doc != null) {
                put(schema, "description", doc.value());
                has(schema, "oneOf", doc.eitherOf());
                has(schema, "anyOf", doc.anyOf());
                for (String inherited : doc.inherited()) {
                    String[] said = inherited.split("=", 2);
                    ((ObjectNode) properties.get(said[0])).put("default", said[1]);
                }
            }
            if (!byEitherName.isEmpty()) {
                schema.set("allOf", byEitherName);
            }
        });
    }

    /**
     * Puts deprecated names beside those that differ from them.
     *
     * @param required loses those that may come by either name
     * @return of each of those, that it comes by one
     */
    private static ArrayNode readInCamelCaseToo(Class<?> kind, ObjectNode properties, List<String> required) {
        ArrayNode byEitherName = JSON.createArrayNode();
        Doc doc = kind.getAnnotation(Doc.class);
        if (doc == null || !doc.camelCaseToo()) {
            return byEitherName;
        }
        for (Member member : members(kind)) {
            String name = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(member.name());
            if (name.equals(member.name())) {
                continue;
            }
            ObjectNode before = ((ObjectNode) properties.get(name)).deepCopy();
            before.put("description", "As " + name + ".").put("deprecated", true);
            properties.set(member.name(), before);
            if (required.remove(name)) {
                has(byEitherName.addObject(), "oneOf", new String[] {name, member.name()});
            }
        }
        return byEitherName;
    }

    private static boolean isAsked(Class<?> kind) {
        return kind.getSimpleName().endsWith("Body") || kind.getAnnotation(JsonIgnoreProperties.class) != null;
    }

    private static boolean left(AnnotatedElement element) {
        JsonInclude include = element.getAnnotation(JsonInclude.class);
        return include != null && include.value() == JsonInclude.Include.NON_NULL;
    }

    private void refine(
            Class<?> kind, ObjectNode properties, List<String> required, boolean asked, boolean nullsLeftOut) {
        for (Member member : members(kind)) {
            AnnotatedElement element = member.element();
            if (element.isAnnotationPresent(JsonUnwrapped.class)) {
                refine(member.type(), properties, required, asked, nullsLeftOut || left(member.type()));
                continue;
            }
            JsonProperty named = element.getAnnotation(JsonProperty.class);
            String name = named == null || named.value().isEmpty()
                    ? PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(member.name())
                    : named.value();
            boolean leftOut = nullsLeftOut || left(element);
            if (asked ? member.doc().required() : !(member.canBeNull() && leftOut)) {
                required.add(name);
            }
            if (properties.get(name) instanceof ObjectNode property) {
                refine(member, property, !asked && member.canBeNull() && !leftOut);
            }
        }
    }

    private void refine(Member member, ObjectNode property, boolean nullable) {
        Doc doc = member.doc();
        if (doc.kinds().length > 0 || member.generic() == JsonNode.class) {
            property.removeAll();
            property.setAll(oneOfKinds(List.of(doc.kinds())));
        }
        JsonNode reference = property.get("$ref");
        if (reference != null && (!doc.value().isEmpty() || nullable)) {
            property.remove("$ref"); // Beside a reference nothing else counts.
            property.putArray("allOf").addObject().set("$ref", reference);
        }
        put(property, "description", doc.value());
        bound(property, "minimum", doc.min());
        bound(property, "maximum", doc.max());
        if (doc.above()) {
            property.put("exclusiveMinimum", true);
        }
        ObjectNode array = array(property);
        unless(0, array, "minItems", doc.minItems());
        unless(Integer.MAX_VALUE, array, "maxItems", doc.maxItems());
        unless(0, property, "minLength", doc.shortest());
        unless(Integer.MAX_VALUE, property, "maxLength", doc.longest());
        if (array.get("items") instanceof ObjectNode each) {
            bound(each, "minimum", doc.eachMin());
        }
        if (doc.of().length > 0) {
            ArrayNode words = property.putArray("enum");
            List.of(doc.of()).forEach(words::add);
        }
        if (!doc.unless().isEmpty()) {
            property.set(
                    "default",
                    property.path("type").asText().equals("string")
                            ? JSON.valueToTree(doc.unless())
                            : read(doc.unless()));
        }
        if (nullable) {
            property.put("nullable", true);
        }
        attributes(property);
        if (property.get("items") instanceof ObjectNode items) {
            attributes(items);
        }
    }

    /** @return the one that says how an array is, of itself or of what it may be; itself if nothing does */
    private static ObjectNode array(ObjectNode schema) {
        for (JsonNode one : schema.path("oneOf")) {
            if (one.path("type").asText().equals("array")) {
                return (ObjectNode) one;
            }
        }
        return schema;
    }

    private static void unless(int nothing, ObjectNode node, String name, int bound) {
        if (bound != nothing) {
            node.put(name, bound);
        }
    }

    private static void put(ObjectNode node, String name, String value) {
        if (!value.isEmpty()) {
            node.put(name, value);
        }
    }

    private static void bound(ObjectNode node, String name, double bound) {
        if (Double.isInfinite(bound)) {
            return;
        }
        if (bound == Math.rint(bound)) {
            node.put(name, (long) bound);
        } else {
            node.put(name, bound);
        }
    }

    private static void has(ObjectNode schema, String how, String[] each) {
        for (String names : each) {
            ArrayNode together = schema.withArray(how).addObject().putArray("required");
            List.of(names.split(",", -1)).forEach(together::add);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of several arrays, one of any of their elements; of none, anything. */
    private ObjectNode oneOfKinds(List<Class<?>> kinds) {
        List<ObjectNode> each = new ArrayList<>();
        List<Class<?>> elements = new ArrayList<>();
        for (Class<?> kind : kinds) {
            if (kind.isArray() && !kind.getComponentType().isPrimitive()) {
                elements.add(kind.getComponentType());
            } else if (kind != Object.class) {
                each.add(oneKind(kind));
            }
        }
        if (!elements.isEmpty()) {
            ObjectNode array = JSON.createObjectNode().put("type", "array");
            array.set("items", oneOfKinds(elements));
            each.add(array);
        }
        if (each.size() == 1) {
            return each.get(0);
        }
        ObjectNode either = JSON.createObjectNode();
        each.forEach(one -> either.withArray("oneOf").add(one));
        return either;
    }

    private ObjectNode oneKind(Class<?> kind) {
        return switch (kind.getSimpleName()) {
            case "String" -> JSON.createObjectNode().put("type", "string");
            case "Boolean" -> JSON.createObjectNode().put("type", "boolean");
            case "Double" -> JSON.createObjectNode().put("type", "number").put("format", "double");
            case "byte[]" -> JSON.createObjectNode().put("type", "string").put("format", "byte");
            case "double[]" -> {
                ObjectNode array = JSON.createObjectNode().put("type", "array");
                array.set("items", oneKind(Double.class));
                yield array;
            }
            default -> schema(kind);
        };
    }

    /** Maps in bodies are attributes. */
    private static void attributes(ObjectNode map) {
        if (map.path("additionalProperties").isObject()) {
            ArrayNode kinds = map.putObject("additionalProperties").putArray("anyOf");
            List.of("string", "number", "boolean")
                    .forEach(kind -> kinds.addObject().put("type", kind));
        }
    }

    /** Those that no operation needs, as what was written into others. */
    private static void prune(ObjectNode document, Map<String, ObjectNode> schemas) {
        Set<String> needed = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>(List.of(document));
        while (!open.isEmpty()) {
            for (JsonNode reference : open.pop().findValues("$ref")) {
                String name = reference.asText().substring(reference.asText().lastIndexOf('/') + 1);
                if (needed.add(name) && schemas.containsKey(name)) {
                    open.add(schemas.get(name));
                }
            }
        }
        schemas.keySet().retainAll(needed);
    }
}
