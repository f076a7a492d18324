package dev.assay.streams.watch;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Partitions that a running role is to read again, from where. Kafka Streams has no way to go back while it runs; its
 * consumer has, in the thread that polls. What reads so must be able to take a record twice, as admission is.
 */
public final class ReadAgain {
    private static final Logger LOG = LoggerFactory.getLogger(ReadAgain.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
    /** Records of a partition; more than a transaction holds by far. */
    private static final long LATELY = 10_000;

    private static final long NEW_WITHIN_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final String topic;
    private final Map<TopicPartition, Long> from = new ConcurrentHashMap<>();
    private final AtomicLong latelyAsked = new AtomicLong();
    private volatile long newAskedNanos = System.nanoTime() - NEW_WITHIN_NANOS;

    /** @param topic of which the newest records can be read again wherever they have come to */
    public ReadAgain(String topic) {
        this.topic = topic;
    }

    /** Asks for it: at the next poll of whoever is assigned the partition, and no less than was read lately. */
    public void from(TopicPartition partition, long offset) {
        from.merge(partition, offset, Math::min);
    }

    /** Asks for what was read of the topic lately: a transaction that it went into may be lost. */
    public void lately() {
        latelyAsked.incrementAndGet();
    }

    /** Asks for the same of the partitions that are assigned within the next minutes: another process may have lost it. */
    public void latelyWhereNew() {
        newAskedNanos = System.nanoTime();
    }

    /** Moves one consumer back where that was asked for. */
    public final class Reader {
        private Set<TopicPartition> had = Set.of();
        private long latelyDone = latelyAsked.get();

        /** In the consumer's own thread, before it polls; what the brokers do not answer now is done at a later poll. */
        public void carryOut(Consumer<?, ?> consumer) {
            Set<TopicPartition> assigned = consumer.assignment();
            long asked = latelyAsked.get();
            if (from.isEmpty() && asked == latelyDone && had.equals(assigned)) {
                return;
            }
            boolean whereNew = System.nanoTime() - newAskedNanos < NEW_WITHIN_NANOS;
            try {
                for (TopicPartition partition : assigned) {
                    boolean lately = asked != latelyDone || (whereNew && !had.contains(partition));
                    if (from.containsKey(partition)
                            || (lately && partition.topic().equals(topic))) {
                        back(consumer, partition);
                    }
                }
                had = Set.copyOf(assigned);
                latelyDone = asked;
            } catch (TimeoutException e) {
                LOG.atDebug().setCause(e).log("it is not known from where to read again");
            }
        }

        private void back(Consumer<?, ?> consumer, TopicPartition partition) {
            long position = consumer.position(partition, ANSWER_WITHIN);
            long first = Objects.requireNonNull(
                    consumer.beginningOffsets(Set.of(partition), ANSWER_WITHIN).get(partition));
            Long wanted = from.remove(partition);
            long lately = position - LATELY;
            long place = Math.max(first, wanted == null ? lately : Math.min(wanted, lately));
            if (place < position) {
                consumer.seek(partition, place);
            }
        }
    }
}
