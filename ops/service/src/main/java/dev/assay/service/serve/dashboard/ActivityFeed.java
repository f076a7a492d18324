package dev.assay.service.serve.dashboard;

import dev.assay.schemas.Topics;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ShardAnnotators;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.score.ScoringModel;
import dev.assay.streams.tail.FeedThread;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.DeadLetterHeaders;
import dev.assay.streams.wire.ShardAnnotatorsCodec;
import dev.assay.streams.wire.ShardOrderCodec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what happens in a deployment: events, round orders, dead letters, annotators, and the snapshots that are answered
 * from. It begins a bounded number of records back. One thread; a broker that is away is waited for, and a record that cannot
 * be read is counted and left. Nothing else depends on it.
 */
public final class ActivityFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActivityFeed.class);
    private static final long BEGINNINGS_EVERY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long EVENTS_BACK = 20_000;
    private static final long ORDERS_BACK =
            64; // an order may have megabytes; each has a transaction's marker beside it
    private static final int MOST_LETTERS = 100_000;

    private final String model;
    private final TopicPartition events;
    private final TopicPartition orders;
    private final TopicPartition annotators;
    private final List<TopicPartition> letters;
    private final List<TopicPartition> all;
    private final Supplier<? extends Consumer<byte[], byte[]>> consumers;
    private final NewestModel newest;
    private final Counter undecodable;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside;
    private final Codec<Event> eventCodec;
    private final ShardOrderCodec orderCodec;
    private final ShardAnnotatorsCodec annotatorsCodec;
    private final FeedThread thread;

    // What follows is the thread's alone; seen is what others get of it.
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final ActivityLog activity = new ActivityLog();
    private final RefusalLog refusals = new RefusalLog(MOST_LETTERS);
    private final Map<Integer, ShardAnnotators> shards = new TreeMap<>();
    private long version;
    private boolean live; // what is read is not from before the start
    private boolean activityChanged;
    private boolean refusalsChanged;
    private boolean annotatorsChanged;
    private volatile DashboardState seen = DashboardState.NOTHING;

    /**
     * Whose topics.
     *
     * @param model name of the deployment
     * @param topics its catalogue
     * @param parameters p
     * @param shards number of shards
     * @param wire how the topics' records are framed
     */
    public record Deployed(String model, Topics topics, int parameters, int shards, WireFormat wire) {}

    /**
     * Starts to follow.
     *
     * @param deployed whose topics; they are there
     * @param consumers of committed records, without a group
     * @param newest what is answered from
     * @param aside takes what arrives and cannot be read
     * @param meters counts {@code serve.activity.undecodable}
     */
    public static ActivityFeed follow(
            Deployed deployed,
            Supplier<? extends Consumer<byte[], byte[]>> consumers,
            NewestModel newest,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside,
            MeterRegistry meters) {
        ActivityFeed feed = new ActivityFeed(deployed, consumers, newest, aside, meters);
        feed.thread.start();
        return feed;
    }

    private ActivityFeed(
            Deployed deployed,
            Supplier<? extends Consumer<byte[], byte[]>> consumers,
            NewestModel newest,
            BiConsumer<ConsumerRecord<byte[], byte[]>, Exception> aside,
            MeterRegistry meters) {
        this.aside = aside;
        Topics topics = deployed.topics();
        model = deployed.model();
        eventCodec = Codec.events(deployed.wire());
        orderCodec = new ShardOrderCodec(deployed.wire());
        annotatorsCodec = new ShardAnnotatorsCodec(deployed.wire());
        events = new TopicPartition(topics.events().name(), 0);
        // Every shard gets the same order: one copy tells all.
        orders = new TopicPartition(topics.roundOrders(deployed.parameters()).name(), 0);
        annotators = new TopicPartition(topics.annotators().name(), 0);
        letters = new ArrayList<>();
        for (int partition = 0; partition < deployed.shards(); partition++) {
            letters.add(new TopicPartition(topics.refusedJudgments().name(), partition));
        }
        all = new ArrayList<>(List.of(events, orders, annotators));
        all.addAll(letters);
        this.consumers = consumers;
        this.newest = newest;
        undecodable = meters.counter("serve.activity.undecodable");
        thread = new FeedThread(this::run, "activity-feed");
    }

    /** @return all that has been seen; another object whenever something came */
    public DashboardState seen() {
        return seen;
    }

    private void run() {
        while (!thread.closed()) {
            try (TopicTail tail = new TopicTail(consumers.get(), all, thread::closed)) {
                Map<TopicPartition, Long> ends = begin(tail);
                while (!thread.closed() && !tail.reached(ends)) {
                    take(tail);
                }
                live = true;
                follow(tail);
            } catch (KafkaException e) {
                LOG.atWarn().addKeyValue("cause", e.toString()).log("what happens cannot be read, trying again");
                thread.pause();
            }
        }
    }

    /**
     * Goes to where it was, or a bounded way back.
     *
     * @return up to where there is something to catch up with
     */
    private Map<TopicPartition, Long> begin(TopicTail tail) {
        Map<TopicPartition, Long> begins = tail.beginnings(all);
        Map<TopicPartition, Long> ends = tail.ends(all);
        for (TopicPartition partition : all) {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            long first = Math.max(begin, partition.equals(annotators) ? begin : end - back(partition));
            // Before the beginning where records were deleted, behind the end where somebody made the topic anew.
            long known = positions.getOrDefault(partition, -1L);
            long from = known >= begin && known <= end ? known : first;
            positions.put(partition, from);
            tail.seek(partition, from);
            if (letters.contains(partition)) {
                refusals.countFrom(partition.partition(), from == known ? begin : from);
            }
        }
        gone(begins);
        return ends;
    }

    private long back(TopicPartition partition) {
        return partition.equals(events)
                ? EVENTS_BACK
                : partition.equals(orders) ? ORDERS_BACK : Math.max(1, MOST_LETTERS / letters.size());
    }

    private void follow(TopicTail tail) {
        long askedNanos = System.nanoTime();
        while (!thread.closed()) {
            show();
            take(tail);
            if (System.nanoTime() - askedNanos > BEGINNINGS_EVERY_NANOS) {
                askedNanos = System.nanoTime();
                gone(tail.beginnings(letters));
            }
        }
    }

    private void gone(Map<TopicPartition, Long> begins) {
        Map<Integer, Long> beginnings = new HashMap<>();
        for (TopicPartition partition : letters) {
            beginnings.put(partition.partition(), begins.getOrDefault(partition, 0L));
        }
        refusalsChanged |= refusals.gone(beginnings);
    }

    private void take(TopicTail tail) {
        for (ConsumerRecord<byte[], byte[]> record : tail.poll()) {
            TopicPartition from = new TopicPartition(record.topic(), record.partition());
            positions.put(from, record.offset() + 1);
            try {
                take(from, record);
            } catch (UndecodableException | RuntimeException e) { // whatever an event of anybody may lack
                undecodable.increment();
                LOG.atWarn()
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("offset", record.offset())
                        .addKeyValue("cause", e.getMessage())
                        .log("a record cannot be read and is not shown");
                if (live) {
                    aside.accept(record, e);
                }
            }
        }
        newest.get().map(ScoringModel::snapshot).ifPresent(this::answeredFrom);
    }

    private void take(TopicPartition from, ConsumerRecord<byte[], byte[]> record) throws UndecodableException {
        Instant at = Instant.ofEpochMilli(record.timestamp());
        byte[] value = record.value();
        if (letters.contains(from)) {
            String reason = DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.REASON);
            refusals.add(from.partition(), record.offset(), at, reason);
            refusalsChanged = true;
        } else if (value == null) {
            LOG.atDebug().addKeyValue("topic", record.topic()).log("a tombstone, of which nobody here has written any");
        } else if (from.equals(events)) {
            Event event = eventCodec.decode(value);
            activityChanged |= event.getModel().equals(model) && activity.hear(event);
        } else if (from.equals(orders)) {
            ShardOrder order = orderCodec.decode(value);
            activityChanged |= order.round() != null
                    && activity.asked(order.round().rerunId(), order.round().number(), at);
        } else {
            ShardAnnotators report = annotatorsCodec.decode(value);
            if (report.model().equals(model)) {
                shards.put(report.shard(), report);
                annotatorsChanged = true;
            }
        }
    }

    private void answeredFrom(ParameterSnapshot snapshot) {
        if (snapshot.version() != version) {
            version = snapshot.version();
            activity.answeredFrom(snapshot);
            activityChanged = true;
        }
    }

    private void show() {
        if (activityChanged || refusalsChanged || annotatorsChanged) {
            DashboardState before = seen;
            seen = new DashboardState(
                    activityChanged ? activity.soFar() : before.activity(),
                    refusalsChanged ? refusals.soFar() : before.refusals(),
                    annotatorsChanged ? Annotators.of(shards.values()) : before.annotators());
            activityChanged = false;
            refusalsChanged = false;
            annotatorsChanged = false;
        }
    }

    /** Stops following; what was seen last stays. */
    @Override
    public void close() {
        thread.close();
    }
}
