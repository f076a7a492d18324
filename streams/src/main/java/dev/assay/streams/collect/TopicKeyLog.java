package dev.assay.streams.collect;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.Codec;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The keys by a consumer of its own, in a thread of its own: a large partition takes minutes, and the shard goes on. */
public final class TopicKeyLog implements KeyLog {
    private final Map<String, Object> settings;
    private final String topic;

    /**
     * @param kafka client settings, with the broker's address
     * @param topic of comparisons
     */
    public TopicKeyLog(Map<String, String> kafka, String topic) {
        settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.topic = topic;
    }

    @Override
    public Search search(int partition, long end, String annotatorId) {
        Reading reading = new Reading(new TopicPartition(topic, partition), end, annotatorId);
        Thread thread = new Thread(reading, "erase-" + partition);
        thread.setDaemon(true);
        thread.start();
        return reading;
    }

    private final class Reading implements Search, Runnable {
        private final TopicPartition partition;
        private final long end;
        private final String annotatorId;
        private final Codec<ComparisonKey> codec = Codec.COMPARISON_KEYS;
        private final Set<ComparisonKey> standing = new LinkedHashSet<>();
        private final CompletableFuture<List<ComparisonKey>> found = new CompletableFuture<>();
        private volatile boolean closed;

        Reading(TopicPartition partition, long end, String annotatorId) {
            this.partition = partition;
            this.end = end;
            this.annotatorId = annotatorId;
        }

        @Override
        public void run() {
            try (TopicTail tail = new TopicTail(
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                    List.of(partition),
                    () -> closed)) {
                tail.readTo(Map.of(partition, end), this::note);
                found.complete(List.copyOf(standing));
            } catch (RuntimeException e) { // whatever Kafka throws: the shard begins again
                found.completeExceptionally(e);
            }
        }

        private void note(ConsumerRecord<byte[], byte[]> comparison) {
            try {
                ComparisonKey key = codec.decode(comparison.key());
                if (!annotatorId.equals(key.getAnnotatorId())) {
                    return;
                }
                if (comparison.value() == null) {
                    standing.remove(key);
                } else {
                    standing.add(key);
                }
            } catch (UndecodableException e) {
                // A stranger's key names nobody.
            }
        }

        @Override
        public Optional<List<ComparisonKey>> keys() {
            try {
                return Optional.ofNullable(found.getNow(null));
            } catch (CompletionException e) {
                throw new IllegalStateException("reading " + partition + " again failed", e);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
