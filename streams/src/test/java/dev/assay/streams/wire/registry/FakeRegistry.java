package dev.assay.streams.wire.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.patience.FakePatience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/** A schema registry that can be told to misbehave; what it does otherwise was looked at with Apicurio 3.0.9. */
public final class FakeRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "/apis/ccompat/v7";

    /** An answer that comes instead of the right one. */
    private record Instead(int status, String body) {}

    private record Reply(int status, Object body) {}

    private final HttpServer server;
    private final List<String> schemas = new ArrayList<>(); // id − 1
    private final Map<String, List<Integer>> subjects = new TreeMap<>();
    private final Map<String, String> levels = new TreeMap<>();
    private final LinkedBlockingQueue<Instead> faults = new LinkedBlockingQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Semaphore silence = new Semaphore(0);
    private volatile boolean silent;
    private volatile boolean down;
    private volatile boolean readOnly;
    private volatile @Nullable String authorization;

    /** Starts it on loopback. */
    public FakeRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "fake-registry");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::handle);
        server.start();
    }

    /** @return what registry.url says */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort() + BASE;
    }

    /** @return the format of these topics' records, for which waiting takes no time */
    public WireFormat wireFormat(Topics topics) {
        return new RegistrySettings(url(), null, null, Duration.ofSeconds(5), true)
                .wireFormat(topics, new FakePatience());
    }

    /** Answers the next request so. */
    FakeRegistry answerOnce(int status, String body) {
        faults.add(new Instead(status, body));
        return this;
    }

    /** From now on it answers that it cannot, or can again. */
    public void setDown(boolean down) {
        this.down = down;
    }

    /** From now on it does not answer. */
    void fallSilent() {
        silent = true;
    }

    /** Whoever writes is refused. */
    void setReadOnly() {
        readOnly = true;
    }

    /** Lets in only who says this. */
    void require(String authorization) {
        this.authorization = authorization;
    }

    /** @return method and path of every request so far, in order */
    public List<String> requests() {
        return requests;
    }

    /** @return what levels have been set, by subject */
    synchronized Map<String, String> levels() {
        return new TreeMap<>(levels);
    }

    /** @return names of the subjects */
    synchronized List<String> subjects() {
        return List.copyOf(subjects.keySet());
    }

    /** Registers as somebody else may, without a look at what is there. */
    public synchronized int put(String subject, String schema) {
        int id = idOf(schema);
        List<Integer> versions = subjects.computeIfAbsent(subject, any -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    synchronized void setLevel(String subject, String level) {
        levels.put(subject, level);
    }

    private int idOf(String schema) {
        int known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
            known = schemas.size() - 1;
        }
        return known + 1;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            requests.add(exchange.getRequestMethod() + " " + path.replaceFirst(BASE, ""));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (silent) {
                silence.acquireUninterruptibly();
                return;
            }
            Instead instead = down ? new Instead(503, "down for maintenance") : faults.poll();
            Reply reply = instead == null ? answer(exchange, path, body) : new Reply(instead.status(), instead.body());
            byte[] bytes = reply.body() instanceof String text
                    ? text.getBytes(StandardCharsets.UTF_8)
                    : JSON.writeValueAsBytes(reply.body());
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Reply answer(HttpExchange exchange, String path, String body) throws JsonProcessingException {
        String said = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        if (authorization != null && !authorization.equals(said)) {
            return error(401, 401, "Unauthorized");
        }
        if (!path.startsWith(BASE + "/")) {
            return new Reply(404, "<html>no such page</html>");
        }
        String[] steps = path.substring(BASE.length() + 1).split("/");
        String method = exchange.getRequestMethod();
        JsonNode sent = body.isEmpty() ? JSON.missingNode() : JSON.readTree(body);
        if (readOnly && (method.equals("PUT") || (steps.length == 3 && method.equals("POST")))) {
            return error(403, 403, "Forbidden");
        }
        synchronized (this) {
            if (steps[0].equals("schemas")) {
                int id = Integer.parseInt(steps[2]);
                return id < 1 || id > schemas.size()
                        ? error(404, 40403, "No content with ID '" + id + "' was found.")
                        : new Reply(200, Map.of("schema", schemas.get(id - 1)));
            }
            if (steps[0].equals("config")) {
                if (method.equals("PUT")) {
                    levels.put(steps[1], sent.path("compatibility").asText());
                    return new Reply(200, sent);
                }
                return levels.containsKey(steps[1])
                        ? new Reply(200, Map.of("compatibilityLevel", levels.get(steps[1])))
                        : error(404, 40408, "Subject '" + steps[1] + "' does not have a level of its own");
            }
            String schema = sent.path("schema").asText();
            return steps.length == 2 ? lookedUp(steps[1], schema) : registered(steps[1], schema);
        }
    }

    private Reply lookedUp(String subject, String schema) {
        if (!subjects.containsKey(subject)) {
            return error(404, 40401, "Subject '" + subject + "' not found.");
        }
        for (int id : subjects.getOrDefault(subject, List.of())) {
            if (schemas.get(id - 1).equals(schema)) {
                return new Reply(200, Map.of("subject", subject, "id", id));
            }
        }
        return error(404, 40403, "Schema not found");
    }

    private Reply registered(String subject, String schema) {
        try {
            Schema young = new Schema.Parser().parse(schema);
            for (int id : subjects.getOrDefault(subject, List.of())) {
                Schema old = new Schema.Parser().parse(schemas.get(id - 1));
                boolean back = reads(young, old);
                boolean forward = reads(old, young);
                String level = levels.getOrDefault(subject, "NONE");
                if ((level.equals("BACKWARD_TRANSITIVE") && !back)
                        || (level.equals("FULL_TRANSITIVE") && !(back && forward))) {
                    return error(409, 409, "Incompatible artifact: " + subject);
                }
            }
        } catch (SchemaParseException e) {
            return error(422, 42201, "Invalid schema");
        }
        return new Reply(200, Map.of("id", put(subject, schema)));
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static Reply error(int status, int code, String message) {
        return new Reply(status, Map.of("error_code", code, "message", message));
    }

    @Override
    public void close() {
        silence.release(1000);
        server.stop(0);
    }
}
