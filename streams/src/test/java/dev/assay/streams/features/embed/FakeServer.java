package dev.assay.streams.features.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real HTTP server that embeds a text as (length, first character) or as a test tells it to. */
public final class FakeServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

    /** What came. */
    public record Request(String path, String authorization, JsonNode body) {
        /** @return the texts, by either contract */
        public List<String> texts() {
            List<String> texts = new ArrayList<>();
            body.path(body.has("input") ? "input" : "inputs").forEach(text -> texts.add(text.asText()));
            return texts;
        }
    }

    /** What goes. */
    public record Answer(int status, String body, String retryAfter) {}

    /** Answers the request of a number, from 0. */
    @FunctionalInterface
    public interface Behaviour {
        /** @return the answer */
        Answer answer(int number, Request request) throws InterruptedException;
    }

    private FakeServer(HttpServer server, Behaviour behaviour) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, behaviour));
        server.start();
    }

    /** @return one that listens */
    public static FakeServer answering(Behaviour behaviour) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new FakeServer(HttpServer.create(any, 100), behaviour);
    }

    /** @return what TEI answers, two numbers a text */
    public static Answer tei(Request request) {
        return ok(request.texts().stream().map(FakeServer::embedding).collect(Collectors.joining(",", "[", "]")));
    }

    /** @return what an OpenAI server answers, the last text first */
    public static Answer openAiBackwards(Request request) {
        List<String> texts = request.texts();
        return ok(IntStream.range(0, texts.size())
                .map(i -> texts.size() - 1 - i)
                .mapToObj(i ->
                        "{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":" + embedding(texts.get(i)) + "}")
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "],\"usage\":{}}")));
    }

    /** @return 200 */
    public static Answer ok(String body) {
        return new Answer(200, body, "");
    }

    /** @return another status */
    public static Answer status(int status, String body) {
        return new Answer(status, body, "");
    }

    private static String embedding(String text) {
        return "[" + text.length() + "," + (text.isEmpty() ? 0 : (int) text.charAt(0)) + "]";
    }

    /** @return its address, without a path */
    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** @return what came so far */
    public List<Request> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** @return what to ask it for: two numbers a text */
    public Endpoint endpoint(Contract contract) {
        String model = contract == Contract.OPENAI ? "small" : null;
        return new Endpoint(contract, address(), model, null, 2, Duration.ofSeconds(20));
    }

    private void answer(HttpExchange exchange, Behaviour behaviour) throws IOException {
        try (exchange) {
            String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            Request request = new Request(exchange.getRequestURI().toString(), authorization, body);
            int number;
            synchronized (requests) {
                number = requests.size();
                requests.add(request);
            }
            Answer answer = behaviour.answer(number, request);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            if (!answer.retryAfter().isEmpty()) {
                exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
            }
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Closed while it kept somebody waiting.
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
