package dev.assay.lab.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sends as the contract asks: the versions of one key in order, each after the one before was acknowledged, and again
 * until it is. Across keys order is broken on purpose: some records are held back while later ones overtake. Used by one
 * thread.
 */
final class OrderedSending implements AutoCloseable {
    private static final double HELD_BACK = 0.1;
    private static final double RELEASED_PER_TURN = 0.03;
    private static final long PAUSE_MILLIS = 20;

    /** Hears that the brokers have a record. */
    interface Acknowledgement {
        /** @param sends how often it was sent until then: it may be there as often */
        void of(RecordMetadata where, int sends);
    }

    private record Outcome(Object key, @Nullable RecordMetadata acknowledged) {}

    private static final class Waiting {
        private final ProducerRecord<byte[], byte[]> record;
        private final Acknowledgement acknowledgement;
        private int sends;

        Waiting(ProducerRecord<byte[], byte[]> record, Acknowledgement acknowledgement) {
            this.record = record;
            this.acknowledgement = acknowledgement;
        }
    }

    private final Producer<byte[], byte[]> producer;
    private final SplittableRandom random;
    private final Map<Object, Deque<Waiting>> waiting = new HashMap<>();
    private final List<Object> heldBack = new ArrayList<>();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private long acknowledged;
    private long sentAgain;

    /**
     * @param producer one that acknowledges what all in-sync copies have; closed with this
     * @param random chooses what is held back
     */
    OrderedSending(Producer<byte[], byte[]> producer, SplittableRandom random) {
        this.producer = producer;
        this.random = random;
    }

    /**
     * Sends when all records of the same key before are acknowledged.
     *
     * @param acknowledgement called by {@link #turn} and {@link #drain}
     */
    void send(Object key, ProducerRecord<byte[], byte[]> record, Acknowledgement acknowledgement) {
        Deque<Waiting> ofKey = waiting.computeIfAbsent(key, unseen -> new ArrayDeque<>());
        ofKey.add(new Waiting(record, acknowledgement));
        if (ofKey.size() == 1) {
            dispatch(key);
        }
    }

    /** Takes in what the broker has said, sends what may follow, and lets some of what was held back go. */
    void turn() {
        for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            take(outcome);
        }
        for (int i = heldBack.size() - 1; i >= 0; i--) {
            if (random.nextDouble() < RELEASED_PER_TURN) {
                transmit(heldBack.remove(i));
            }
        }
    }

    /**
     * Until everything is acknowledged.
     *
     * @throws TimeoutException if it is not within {@code seconds}
     */
    void drain(int seconds) throws InterruptedException, TimeoutException {
        List.copyOf(heldBack).forEach(this::transmit);
        heldBack.clear();
        await(waiting::isEmpty, seconds);
    }

    private void await(BooleanSupplier condition, int seconds) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        waiting.size() + " keys have unacknowledged records after " + seconds + " s");
            }
            turn();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    long acknowledged() {
        return acknowledged;
    }

    /** @return how many sends were not acknowledged and were repeated */
    long sentAgain() {
        return sentAgain;
    }

    private void take(Outcome outcome) {
        RecordMetadata where = outcome.acknowledged();
        if (where == null) {
            sentAgain++;
            transmit(outcome.key());
            return;
        }
        acknowledged++;
        Deque<Waiting> ofKey = Objects.requireNonNull(waiting.get(outcome.key()));
        Waiting sent = ofKey.remove();
        sent.acknowledgement.of(where, sent.sends);
        if (ofKey.isEmpty()) {
            waiting.remove(outcome.key());
        } else {
            dispatch(outcome.key());
        }
    }

    private void dispatch(Object key) {
        if (random.nextDouble() < HELD_BACK) {
            heldBack.add(key);
        } else {
            transmit(key);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of it
    private void transmit(Object key) {
        Waiting next = Objects.requireNonNull(waiting.get(key)).element();
        next.sends++;
        try {
            producer.send(
                    next.record,
                    (written, problem) -> outcomes.add(new Outcome(key, problem == null ? written : null)));
        } catch (KafkaException e) { // no room or no metadata while brokers are away
            outcomes.add(new Outcome(key, null));
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
