package dev.assay.bench.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Clients that post bodies one after the other, each on a connection of its own, and wait for each answer. */
public final class PostingClients {
    private final URI uri;
    private final int clients;

    public PostingClients(String address, int clients) {
        uri = URI.create(address + "/v1/judgments");
        this.clients = clients;
    }

    /**
     * What the clients saw.
     *
     * @param seconds from the first request to the last answer
     * @param millis of each request, from sending to its answer
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Seen(double seconds, double[] millis) {}

    /** Posts so many requests in all, the bodies in turn. */
    public Seen post(List<byte[]> bodies, int requests) throws InterruptedException, ExecutionException {
        double[] millis = new double[requests];
        return new Seen(ManyClients.run(clients, (client, begin) -> run(client, bodies, millis)), millis);
    }

    private void run(int client, List<byte[]> bodies, double[] millis) {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = client; i < millis.length; i += clients) {
            long begin = System.nanoTime();
            CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(bodies.get(i % bodies.size())))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> answered = answer.join();
            if (answered.statusCode() != 200) {
                throw new IllegalStateException("answered " + answered.statusCode() + ": " + answered.body());
            }
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
    }
}
