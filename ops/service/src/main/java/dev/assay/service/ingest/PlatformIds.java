package dev.assay.service.ingest;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.descend.Erasure;
import dev.assay.streams.tail.FeedThread;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judgments by the ids platforms gave them: Label Studio takes annotations back by these alone. The topic is read whole at
 * start and followed, as other gateways write it too. In memory, some 200 bytes each. Of annotators on the topic of erasures
 * nothing is kept, here or there.
 */
public final class PlatformIds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformIds.class);

    private final TopicTail tail;
    private final String topic;
    private final String erasures;
    private final Outlet outlet;
    private final Codec<Erasure> erasure;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside;
    private final Map<String, PlatformId> known = new ConcurrentHashMap<>();
    private final Set<String> erased = ConcurrentHashMap.newKeySet();
    private final FeedThread thread = new FeedThread(this::follow, "gateway-platform-ids");
    private volatile boolean live; // what is read is not from before the start

    private PlatformIds(
            TopicTail tail,
            String topic,
            String erasures,
            Outlet outlet,
            Codec<Erasure> erasure,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside) {
        this.erasure = erasure;
        this.aside = aside;
        this.tail = tail;
        this.topic = topic;
        this.erasures = erasures;
        this.outlet = outlet;
    }

    /**
     * Reads all there is, and goes on.
     *
     * @param consumer without a group, of committed records; closed with this
     * @param topic of the ids
     * @param erasures topic of the deny list
     * @param outlet takes the tombstones of erased annotators' ids
     * @param erasure reads the deny list
     * @param aside takes ids that arrive and cannot be read
     */
    public static PlatformIds follow(
            Consumer<byte[], byte[]> consumer,
            String topic,
            String erasures,
            Outlet outlet,
            Codec<Erasure> erasure,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside) {
        PlatformIds ids =
                new PlatformIds(TopicTail.of(consumer, topic, erasures), topic, erasures, outlet, erasure, aside);
        ids.tail.readToEnd(ids::take);
        ids.live = true;
        ids.thread.start();
        return ids;
    }

    /** @return the judgment of a platform's id */
    Optional<PlatformId> find(String source, String platformId) {
        return Optional.ofNullable(known.get(PlatformId.key(source, platformId)));
    }

    /** @return the record that makes it known to all gateways; to this one it is at once */
    ProducerRecord<byte[], byte[]> learn(String source, String platformId, PlatformId judgment) {
        String key = PlatformId.key(source, platformId);
        known.put(key, judgment);
        return new ProducerRecord<>(topic, PlatformId.bytes(key), judgment.encode());
    }

    private void follow() {
        try (tail) {
            while (!thread.closed()) {
                tail.poll().forEach(this::take);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (record.topic().equals(erasures)) {
            erase(key, record);
        } else if (record.value() == null) {
            known.remove(key);
        } else {
            learn(key, record);
        }
    }

    private void learn(String key, ConsumerRecord<byte[], byte[]> record) {
        try {
            PlatformId judgment = PlatformId.decode(record.value());
            known.put(key, judgment);
            if (judgment.annotatorId() != null && erased.contains(judgment.annotatorId())) {
                forget(List.of(key)); // The two topics are not read in the order in which they were written.
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("offset", record.offset())
                    .log("a platform's id cannot be read: " + e.getMessage());
            if (live) {
                aside.accept(record, e);
            }
        }
    }

    private void erase(String annotatorId, ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            erased.remove(annotatorId);
            return;
        }
        try {
            erasure.decode(record.value());
        } catch (UndecodableException e) {
            return; // No entry; the estimator puts it aside.
        }
        if (erased.add(annotatorId)) {
            List<String> keys = new ArrayList<>();
            known.forEach((key, judgment) -> {
                if (annotatorId.equals(judgment.annotatorId())) {
                    keys.add(key);
                }
            });
            forget(keys);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Every gateway tries, and again at its next start.
    private void forget(List<String> keys) {
        keys.forEach(known::remove);
        List<ProducerRecord<byte[], byte[]>> tombstones = new ArrayList<>();
        keys.forEach(key -> tombstones.add(new ProducerRecord<>(topic, PlatformId.bytes(key), null)));
        outlet.send(tombstones);
    }

    @Override
    public void close() {
        thread.close();
    }
}
