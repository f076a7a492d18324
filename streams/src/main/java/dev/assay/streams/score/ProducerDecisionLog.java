package dev.assay.streams.score;

import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.Decision;
import dev.assay.streams.wire.DecisionCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Decisions of answers that no topology gives. A producer's {@code send} may wait for a broker that is away, so a thread of its
 * own calls it; what waits for that thread is bounded by bytes, and beyond the bound dropped. Counts {@code
 * score.decisions.sent} and {@code score.decisions.dropped}.
 */
public final class ProducerDecisionLog implements DecisionLog, AutoCloseable {
    private static final int WAITING_BYTES = 32 << 20;
    private static final int FIXED_BYTES = 1024; // of one decision, besides its numbers
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final Counter sent;
    private final Counter dropped;
    private final Semaphore room = new Semaphore(WAITING_BYTES);
    private final DecisionCodec codec;
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "decision-log");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param producer stays the caller's to close, after this
     * @param topic of decisions
     * @param wire of the topic
     * @param meters counts
     */
    public ProducerDecisionLog(Producer<byte[], byte[]> producer, String topic, WireFormat wire, MeterRegistry meters) {
        codec = new DecisionCodec(wire);
        this.producer = producer;
        this.topic = topic;
        sent = meters.counter("score.decisions.sent");
        dropped = meters.counter("score.decisions.dropped");
    }

    @Override
    public void keep(Decision decision) {
        int bytes = bytes(decision);
        if (!room.tryAcquire(bytes)) {
            dropped.increment();
            return;
        }
        try {
            sender.execute(() -> send(decision, bytes));
        } catch (RejectedExecutionException e) { // closed
            done(bytes, false);
        }
    }

    // What send() promises is told to the callback too.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void send(Decision decision, int bytes) {
        try {
            producer.send(
                    new ProducerRecord<>(
                            topic,
                            null,
                            decision.origin().time().toEpochMilli(),
                            decision.origin().requestId().getBytes(StandardCharsets.UTF_8),
                            codec.encode(decision)),
                    (metadata, failure) -> done(bytes, failure == null));
        } catch (KafkaException | IllegalStateException e) { // no broker in time, or the producer is closed
            done(bytes, false);
        }
    }

    private void done(int bytes, boolean written) {
        room.release(bytes);
        (written ? sent : dropped).increment();
    }

    private static int bytes(Decision decision) {
        float[] features = decision.features();
        return FIXED_BYTES
                + decision.origin().requestId().length()
                + 4 * Double.BYTES * decision.intervals().rewards().length
                + (features == null ? 0 : Float.BYTES * features.length);
    }

    /** Hands over what waits, for a few seconds at most. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.shutdownNow().forEach(unsent -> dropped.increment());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
