package dev.assay.bench.http;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that come at a pace, each request on a new connection, as a health check does: what holds up who comes is seen. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Newcomers(String address, byte[] request, int perSecond) {
    private static final int CLIENTS = 8;

    /**
     * What the clients saw.
     *
     * @param millis of each request, from when it was due to its answer
     * @param failed requests that were answered by anything but 200, or not
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Seen(double[] millis, int failed) {}

    public Seen come(int seconds) throws InterruptedException, ExecutionException {
        double[] millis = new double[seconds * perSecond];
        AtomicInteger failed = new AtomicInteger();
        ManyClients.run(CLIENTS, (client, begin) -> {
            for (int i = client; i < millis.length; i += CLIENTS) {
                long due = new Pace(begin, perSecond).await(i);
                if (status() != 200) {
                    failed.incrementAndGet();
                }
                millis[i] = (System.nanoTime() - due) / 1e6;
            }
        });
        return new Seen(millis, failed.get());
    }

    private int status() {
        try (HttpConnection connection = new HttpConnection(address)) {
            return connection.exchange(request).status();
        } catch (IOException e) { // no answer
            return 0;
        }
    }
}
