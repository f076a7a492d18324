package dev.assay.streams.score;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.tail.FeedThread;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.SnapshotCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a topic of snapshots, from the newest on, and offers each newest one to the {@link NewestModel}. A reader that falls
 * behind skips: of what one poll brings only the newest is prepared. One thread; a broker that is away is waited for.
 */
public final class SnapshotFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFeed.class);
    private static final long ASK_EVERY_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long FIRST_STEP = 64;

    private final byte[] model;
    private final TopicPartition partition;
    private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
    private final NewestModel newest;
    private final Counter undecodable;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside;
    private final SnapshotCodec codec;
    private final FeedThread thread;
    private volatile long confirmedNanos = System.nanoTime();

    /**
     * Starts to follow.
     *
     * @param model name of the deployment, the key of its snapshots
     * @param topic of snapshots, with one partition
     * @param consumers of committed records, without a group
     * @param wire of the topic
     * @param newest is offered what comes
     * @param aside takes what comes and cannot be used
     * @param meters counts {@code score.snapshots.undecodable}, shows how long {@code score.snapshots.unconfirmed}
     */
    public static SnapshotFeed follow(
            String model,
            String topic,
            Supplier<? extends Consumer<byte[], byte[]>> consumers,
            WireFormat wire,
            NewestModel newest,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside,
            MeterRegistry meters) {
        SnapshotFeed feed =
                new SnapshotFeed(model, new TopicPartition(topic, 0), consumers, wire, newest, aside, meters);
        feed.thread.start();
        return feed;
    }

    private SnapshotFeed(
            String model,
            TopicPartition partition,
            Supplier<? extends Consumer<byte[], byte[]>> consumers,
            WireFormat wire,
            NewestModel newest,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside,
            MeterRegistry meters) {
        this.aside = aside;
        this.model = model.getBytes(StandardCharsets.UTF_8);
        codec = new SnapshotCodec(wire);
        this.partition = partition;
        this.consumers = consumers;
        this.newest = newest;
        undecodable = meters.counter("score.snapshots.undecodable");
        TimeGauge.builder(
                        "score.snapshots.unconfirmed",
                        this,
                        TimeUnit.MILLISECONDS,
                        feed -> feed.sinceConfirmed().toMillis())
                .register(meters);
        thread = new FeedThread(this::run, "snapshot-feed");
    }

    /** @return how long ago the broker last confirmed that there is nothing newer than what was offered */
    public Duration sinceConfirmed() {
        return Duration.ofNanos(System.nanoTime() - confirmedNanos);
    }

    /** @return false once its thread has died, of an error that it could not mend */
    public boolean alive() {
        return thread.alive();
    }

    private void run() {
        while (!thread.closed()) {
            try (TopicTail tail = new TopicTail(consumers.get(), List.of(partition), thread::closed)) {
                tail.lookBack(partition, FIRST_STEP, records -> take(records, false));
                confirmedNanos = System.nanoTime();
                follow(tail);
            } catch (KafkaException e) {
                LOG.atError()
                        .addKeyValue("topic", partition.topic())
                        .setCause(e)
                        .log("snapshots cannot be read");
                thread.pause();
            }
        }
    }

    private void follow(TopicTail tail) {
        while (!thread.closed()) {
            take(tail.poll().records(partition), true);
            if (System.nanoTime() - confirmedNanos > ASK_EVERY_NANOS) {
                confirm(tail);
            }
        }
    }

    private void confirm(TopicTail tail) {
        try {
            if (tail.atEnd(partition)) {
                confirmedNanos = System.nanoTime();
            }
        } catch (org.apache.kafka.common.errors.TimeoutException e) {
            LOG.atWarn()
                    .addKeyValue("topic", partition.topic())
                    .addKeyValue("seconds", sinceConfirmed().toSeconds())
                    .log("the broker does not say whether there is a newer snapshot");
        }
    }

    /**
     * @param live whether they arrive now
     * @return whether there was a snapshot of this model
     */
    private boolean take(Iterable<ConsumerRecord<byte[], byte[]>> records, boolean live) {
        ParameterSnapshot highest = null;
        ConsumerRecord<byte[], byte[]> from = null;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null || !Arrays.equals(record.key(), model)) {
                continue;
            }
            ParameterSnapshot snapshot = decoded(record, live);
            if (snapshot != null && (highest == null || snapshot.version() > highest.version())) {
                from = record;
                highest = snapshot; // A publisher that had lost its partition may have written behind its successor.
            }
        }
        return highest != null && from != null && offered(highest, from, live);
    }

    private boolean offered(ParameterSnapshot snapshot, ConsumerRecord<byte[], byte[]> from, boolean live) {
        try {
            newest.offer(snapshot);
            return true;
        } catch (RuntimeException e) { // whatever numbers of anybody's may bring about: the feed goes on
            unusable(from, e, live);
            return false;
        }
    }

    private @Nullable ParameterSnapshot decoded(ConsumerRecord<byte[], byte[]> record, boolean live) {
        try {
            return codec.decode(record.value());
        } catch (UndecodableException e) {
            unusable(record, e, live);
            return null;
        }
    }

    private void unusable(ConsumerRecord<byte[], byte[]> record, Exception found, boolean live) {
        undecodable.increment();
        LOG.atError().addKeyValue("cause", found.getMessage()).log("a snapshot cannot be read; the one before stays");
        if (live) {
            aside.accept(record, found);
        }
    }

    /** Stops following; what was offered last stays. */
    @Override
    public void close() {
        thread.close();
    }
}
