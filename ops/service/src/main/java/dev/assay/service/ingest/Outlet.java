package dev.assay.service.ingest;

import dev.assay.service.http.HttpProblem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records and says when the broker has them. {@link Producer#send} blocks while the broker's metadata are missing or
 * its buffer is full, so that one thread of ours calls it, in the order of asking, and no thread of the server waits.
 */
public final class Outlet implements MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final int BROKER_RETRY_SECONDS = 5;

    private final Producer<byte[], byte[]> producer;
    private final Duration patience;
    private final KafkaClientMetrics figures;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> daemon(task, "gateway-sender"));
    // Answers are written to clients on these: on the producer's own thread one slow client would hold up the broker.
    private final ExecutorService answers = Executors.newFixedThreadPool(2, task -> daemon(task, "gateway-answers"));

    /**
     * @param producer of a broker that every in-sync copy acknowledges; closed with this
     * @param patience how long to wait for acknowledgements; beyond, it is not known whether the broker has the records
     */
    public Outlet(Producer<byte[], byte[]> producer, Duration patience) {
        this.producer = producer;
        this.patience = patience;
        figures = new KafkaClientMetrics(producer);
    }

    /** Shows what Kafka itself measures of the producer. */
    @Override
    public void bindTo(MeterRegistry meters) {
        figures.bindTo(meters);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** @return done when the broker has acknowledged all; failed with the problem to answer with when it says no, or after the patience; on its own thread */
    public CompletableFuture<Void> send(List<ProducerRecord<byte[], byte[]>> records) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        CompletableFuture<Void> inTime = acknowledged.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        sender.execute(() -> send(records, acknowledged));
        return inTime.handleAsync(
                (nothing, failure) -> {
                    if (failure != null) {
                        throw notAcknowledged(failure);
                    }
                    return null;
                },
                answers);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
    private void send(List<ProducerRecord<byte[], byte[]>> records, CompletableFuture<Void> acknowledged) {
        AtomicInteger missing = new AtomicInteger(records.size());
        if (records.isEmpty()) {
            acknowledged.complete(null);
        }
        for (ProducerRecord<byte[], byte[]> record : records) {
            if (acknowledged.isDone()) {
                return; // Nobody waits any more, or one was refused: what follows would only wait for the same broker.
            }
            try {
                producer.send(record, (written, problem) -> {
                    if (problem != null) {
                        acknowledged.completeExceptionally(problem);
                    } else if (missing.decrementAndGet() == 0) {
                        acknowledged.complete(null);
                    }
                });
            } catch (KafkaException e) {
                acknowledged.completeExceptionally(e);
            } catch (IllegalStateException e) { // what a closed producer throws
                acknowledged.completeExceptionally(e);
            }
        }
    }

    private static HttpProblem notAcknowledged(Throwable failure) {
        LOG.atWarn().addKeyValue("cause", failure.toString()).log("Kafka did not acknowledge in time");
        return HttpProblem.later(
                503,
                "Kafka did not acknowledge in time; whether it has the records is not known, and sending them again"
                        + " does no harm",
                BROKER_RETRY_SECONDS);
    }

    /** Sends what was asked for, and waits for it, for the patience at most. */
    @Override
    public void close() {
        figures.close();
        sender.shutdown();
        try {
            if (!sender.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.shutdownNow(); // It waits for a broker that does not come.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(patience);
        answers.shutdown();
    }
}
