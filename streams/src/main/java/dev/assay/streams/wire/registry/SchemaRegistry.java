package dev.assay.streams.wire.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.schemas.Compatibility;
import dev.assay.streams.patience.Patience;
import dev.assay.streams.patience.Tries;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Assay asks a schema registry. A registry that does not answer, or answers that it cannot now, is asked again for {@link
 * Tries#LONGEST} in all. Remembers nothing. Safe for many threads.
 */
final class SchemaRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LONGEST_MESSAGE = 500; // characters of the registry's words in ours
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;
    private static final int NO_SUCH_SUBJECT = 40401;
    private static final int NO_SUCH_SCHEMA = 40403;
    private static final int NO_OWN_LEVEL = 40408;

    private final String base;
    private final @Nullable String authorization;
    private final Duration timeout;
    private final Patience patience;
    private final HttpClient client;

    /** @param settings with a url */
    SchemaRegistry(RegistrySettings settings, Patience patience) {
        base = String.valueOf(settings.url()).replaceAll("/+$", "");
        authorization = settings.user() == null || settings.password() == null
                ? null
                : "Basic "
                        + Base64.getEncoder()
                                .encodeToString((settings.user() + ":"
                                                + settings.password().value())
                                        .getBytes(StandardCharsets.UTF_8));
        timeout = settings.timeout();
        this.patience = patience;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /**
     * One answer.
     *
     * @param status of HTTP
     * @param body of it; missing where it is no JSON
     * @param text as it came
     */
    private record Answer(int status, JsonNode body, String text) {
        /** @return the registry's own number of what is wrong, more telling than the status; 0 where it gives none */
        int code() {
            return body.path("error_code").asInt();
        }

        String message() {
            String message = body.path("message").asText(text.strip());
            return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE - 1) + "…";
        }
    }

    /**
     * @return the text of the schema with that id, in Avro; empty if the registry knows none
     * @throws RegistryUnavailableException if it does not say, or somebody does not let it
     */
    Optional<Schema> schema(int id) {
        Answer answer = answered("GET", "/schemas/ids/" + id, null);
        if (answer.status() == NOT_FOUND && answer.code() == NO_SUCH_SCHEMA) {
            return Optional.empty();
        }
        if (answer.status() != OK) {
            // Not about the id: whoever is not let in, or stands before the wrong door, cannot say what a record is.
            throw new RegistryUnavailableException("schema " + id + " cannot be had: " + words(answer));
        }
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO") || !answer.body().path("references").isEmpty()) {
            return Optional.empty(); // Of others on the same registry; Assay's refer to nothing.
        }
        try {
            return Optional.of(
                    new Schema.Parser().parse(answer.body().path("schema").asText()));
        } catch (SchemaParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Registers a schema, unless it is there.
     *
     * @return its id
     * @throws RegistryRefusedException if it is not compatible with the subject's others; names subject and reason
     */
    int register(String subject, Schema schema) {
        String body = json(Map.of("schemaType", "AVRO", "schema", schema.toString()));
        // Looked up first, so that somebody who may only read can run where somebody else has registered all.
        Answer known = answered("POST", "/subjects/" + encoded(subject), body);
        if (known.status() == OK) {
            return id(subject, known);
        }
        boolean missing = known.code() == NO_SUCH_SUBJECT || known.code() == NO_SUCH_SCHEMA;
        if (known.status() != NOT_FOUND || !missing) {
            throw refused(subject, known);
        }
        Answer registered = answered("POST", "/subjects/" + encoded(subject) + "/versions", body);
        if (registered.status() != OK) {
            throw refused(subject, registered);
        }
        int id = id(subject, registered);
        LOG.atInfo().addKeyValue("subject", subject).addKeyValue("id", id).log("schema registered");
        return id;
    }

    /** Sees to it that the registry accepts only versions that keep to a level; a stricter one stays. */
    void require(String subject, Compatibility level) {
        String path = "/config/" + encoded(subject);
        Answer known = answered("GET", path, null);
        if (known.status() != OK && known.code() != NO_SUCH_SUBJECT && known.code() != NO_OWN_LEVEL) {
            throw refused(subject, known);
        }
        // A registry may answer with its global level where the subject has none of its own.
        String before =
                known.status() == OK ? known.body().path("compatibilityLevel").asText() : "none";
        if (before.equals(level.name()) || before.equals(Compatibility.FULL_TRANSITIVE.name())) {
            return;
        }
        Answer set = answered("PUT", path, json(Map.of("compatibility", level.name())));
        if (set.status() != OK) {
            throw refused(subject, set);
        }
        LOG.atInfo()
                .addKeyValue("subject", subject)
                .addKeyValue("before", before)
                .addKeyValue("level", level)
                .log("compatibility level set");
    }

    private static int id(String subject, Answer answer) {
        JsonNode id = answer.body().path("id");
        if (!id.canConvertToInt()) {
            throw new RegistryRefusedException(
                    "the schema registry must give subject " + subject + " an id of 32 bits, gave " + answer.message());
        }
        return id.intValue();
    }

    private RegistryRefusedException refused(String subject, Answer answer) {
        String hint = switch (answer.status()) {
            case 401, 403 -> " (registry.user and registry.password)";
            case NOT_FOUND -> " (is registry.url the part before /subjects?)";
            default -> "";
        };
        return new RegistryRefusedException(
                "the schema registry refuses subject " + subject + ": " + words(answer) + hint);
    }

    private String words(Answer answer) {
        return base + " answers with status " + answer.status() + ": " + answer.message();
    }

    private Answer answered(String method, String path, @Nullable String body) {
        Tries tries = new Tries(patience, Tries.LONGEST);
        try {
            while (true) {
                String trouble;
                try {
                    Answer answer = ask(method, path, body);
                    if (answer.status() < 500 && answer.status() != TIMED_OUT && answer.status() != TOO_MANY) {
                        return answer;
                    }
                    trouble = words(answer);
                } catch (IOException e) {
                    trouble = String.valueOf(e.getMessage());
                }
                if (tries.made() == 1) {
                    LOG.atWarn()
                            .addKeyValue("reason", trouble)
                            .log("the schema registry does not answer, waiting for it");
                }
                if (!tries.again()) {
                    throw new RegistryUnavailableException(
                            "no answer from the schema registry in " + tries.made() + " tries, " + trouble);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while asking the schema registry");
        }
    }

    private Answer ask(String method, String path, @Nullable String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", MEDIA_TYPE + ", application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", MEDIA_TYPE);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        // The request's own timeout ends with the headers; a body that never ends would hold the thread.
        CompletableFuture<HttpResponse<String>> asked = client.sendAsync(request.build(), BodyHandlers.ofString());
        try {
            HttpResponse<String> answer = asked.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(answer.statusCode(), parsed(answer.body()), answer.body());
        } catch (TimeoutException e) {
            throw new IOException("no answer from " + base + " within " + timeout, e);
        } catch (ExecutionException e) {
            throw new IOException("no answer from " + base + ": " + e.getCause(), e);
        } finally {
            asked.cancel(true); // Nothing, where it is done.
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static String json(Map<String, String> value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts can be written", e);
        }
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
