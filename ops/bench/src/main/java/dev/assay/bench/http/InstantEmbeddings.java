package dev.assay.bench.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An embedding server that does not think: what is left is the cost of asking it. */
public final class InstantEmbeddings implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final String embedding;

    private InstantEmbeddings(HttpServer server, int dimension) {
        this.server = server;
        double[] numbers = new double[dimension];
        Arrays.setAll(numbers, i -> Math.sin(i) / 20);
        embedding = Arrays.toString(numbers);
        server.setExecutor(threads);
        server.createContext("/embed", this::answer);
        server.start();
    }

    public static InstantEmbeddings start(int dimension) throws IOException {
        // Else the JDK's server holds back the second packet of an answer until the first is acknowledged, 40 ms later.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new InstantEmbeddings(HttpServer.create(any, 100), dimension);
    }

    public String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode texts =
                    JSON.readTree(exchange.getRequestBody().readAllBytes()).path("inputs");
            byte[] body = ("[" + String.join(",", Collections.nCopies(texts.size(), embedding)) + "]")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
