package dev.assay.bench.http;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that all begin together, a thread each. */
final class ManyClients {
    private ManyClients() {}

    /** What one of them does. */
    interface Client {
        void run(int number, long beginNanos) throws Exception;
    }

    /** @return seconds until the last has ended */
    static double run(int clients, Client client) throws ExecutionException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long begin = System.nanoTime();
            List<Future<?>> running = IntStream.range(0, clients)
                    .<Future<?>>mapToObj(number -> threads.submit(() -> {
                        client.run(number, begin);
                        return null;
                    }))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
            return (System.nanoTime() - begin) / 1e9;
        } finally {
            threads.shutdownNow();
        }
    }
}
