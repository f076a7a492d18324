package dev.assay.bench.http;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that send the same request as fast as they are refused, each on a connection that is kept if it is left to it. */
public final class Flood implements AutoCloseable {
    private final String address;
    private final byte[] request;
    private final int refusal;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong others = new AtomicLong();
    private final ExecutorService clients;
    private volatile boolean ended;

    private Flood(String address, byte[] request, int refusal, int clients) {
        this.address = address;
        this.request = request;
        this.refusal = refusal;
        this.clients = Executors.newFixedThreadPool(clients);
    }

    /** @param refusal the status that is expected */
    public static Flood begin(String address, byte[] request, int refusal, int clients) {
        Flood flood = new Flood(address, request, refusal, clients);
        for (int client = 0; client < clients; client++) {
            flood.clients.execute(flood::run);
        }
        return flood;
    }

    /** @return requests that were refused as expected */
    public long refused() {
        return refused.get();
    }

    /** @return requests that were answered otherwise, or not */
    public long others() {
        return others.get();
    }

    private void run() {
        while (!ended) {
            try (HttpConnection connection = new HttpConnection(address)) {
                while (!ended) {
                    (connection.exchange(request).status() == refusal ? refused : others).incrementAndGet();
                }
            } catch (IOException e) { // cut off
                others.incrementAndGet();
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        clients.shutdown();
        if (!clients.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the flood does not end");
        }
    }
}
