package dev.assay.service.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judgments by the ids platforms gave them: Label Studio takes annotations back by these alone. The topic is read whole at
 * start and followed, as other gateways write it too. In memory, some 200 bytes each. Of annotators on the topic of erasures
 * nothing is kept, here or there.
 */
public final class PlatformIds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PlatformIds.class);
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final String erasures;
    private final Outlet outlet;
    private final Map<String, PlatformId> known = new ConcurrentHashMap<>();
    private final Set<String> erased = ConcurrentHashMap.newKeySet();
    private final Thread follower = new Thread(this::follow, "gateway-platform-ids");
    private volatile boolean closed;

    private PlatformIds(Consumer<byte[], byte[]> consumer, String topic, String erasures, Outlet outlet) {
        this.consumer = consumer;
        this.topic = topic;
        this.erasures = erasures;
        this.outlet = outlet;
        follower.setDaemon(true);
    }

    /**
     * Reads all there is, and goes on.
     *
     * @param consumer without a group, of committed records; closed with this
     * @param topic of the ids
     * @param erasures topic of the deny list
     * @param outlet takes the tombstones of erased annotators' ids
     */
    public static PlatformIds follow(Consumer<byte[], byte[]> consumer, String topic, String erasures, Outlet outlet) {
        PlatformIds ids = new PlatformIds(consumer, topic, erasures, outlet);
        List<TopicPartition> partitions = new ArrayList<>();
        for (String read : List.of(topic, erasures)) {
            consumer.partitionsFor(read).forEach(info -> partitions.add(new TopicPartition(read, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ids.poll();
        }
        ids.follower.start();
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
        try {
            while (!closed) {
                poll();
            }
        } catch (WakeupException e) {
            LOG.atDebug().log("platforms' ids are no longer followed");
        } finally {
            consumer.close();
        }
    }

    private void poll() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (record.topic().equals(erasures)) {
                erase(key, record.value() != null);
            } else if (record.value() == null) {
                known.remove(key);
            } else {
                learn(key, record);
            }
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
        }
    }

    private void erase(String annotatorId, boolean denied) {
        if (!denied) {
            erased.remove(annotatorId);
            return;
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
        closed = true;
        consumer.wakeup();
        try {
            follower.join(POLL.multipliedBy(4).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
