package dev.assay.bench.http;

import java.util.List;
import java.util.concurrent.ExecutionException;

/** Clients that post the same bodies, each on a connection of its own: at a pace, or as fast as answers come. */
public record ScoreClients(String address, String path, int clients) {
    /**
     * What the clients saw.
     *
     * @param seconds from the first request to the last answer
     * @param millis of each request, from when it was due to its answer
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Seen(double seconds, double[] millis) {}

    /**
     * @param perSecond pace of all together: a request is due at its time, however late the one before was answered, and waits
     *     for a client; 0: as fast as answers come
     */
    public Seen post(List<byte[]> bodies, int requests, int perSecond) throws InterruptedException, ExecutionException {
        double[] millis = new double[requests];
        return new Seen(
                ManyClients.run(clients, (client, begin) -> run(client, begin, bodies, millis, perSecond)), millis);
    }

    private void run(int client, long begin, List<byte[]> bodies, double[] millis, int perSecond) throws Exception {
        try (HttpConnection connection = new HttpConnection(address)) {
            List<byte[]> ready =
                    bodies.stream().map(body -> connection.request(path, body)).toList();
            for (int i = client; i < millis.length; i += clients) {
                long due = perSecond == 0 ? System.nanoTime() : new Pace(begin, perSecond).await(i);
                HttpConnection.Reply reply = connection.exchange(ready.get(i % ready.size()));
                millis[i] = (System.nanoTime() - due) / 1e6;
                if (reply.status() != 200) {
                    throw new IllegalStateException("answered " + reply.status() + ": "
                            + new String(reply.body(), java.nio.charset.StandardCharsets.UTF_8));
                }
            }
        }
    }
}
