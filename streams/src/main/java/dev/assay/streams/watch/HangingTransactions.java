package dev.assay.streams.watch;

import dev.assay.streams.patience.Patience;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends transactions that a broker has left open for ever.
 *
 * <p>A broker that is alone, killed while a transaction is open and back after the transaction's timeout, ends it without
 * writing its marks to partitions that have no leader at that moment (KAFKA-20734). Their last stable offset stands still from
 * then on: nobody who reads committed records gets any further, and a group whose offsets were in the transaction does not
 * learn where it was. Invariant: only a transaction that its coordinator does not know of any more is aborted; one that is
 * slow, or whose coordinator is away, is left alone. Where the transaction's end was a commit, what it had written is lost by
 * that, so that whoever reads what it was made from is told to read again.
 */
public final class HangingTransactions implements AutoCloseable {
    private static final int LOOK_EVERY = 5; // pauses of a feed
    private static final Duration CLOCKS = Duration.ofMinutes(1); // of brokers may differ by so much

    /**
     * A transaction that was ended here.
     *
     * @param partition that it held up
     * @param offset of its first record there
     */
    public record Ended(TopicPartition partition, long offset) {}

    /** Learns what happens, in the thread that watches. */
    public interface Listener {
        /** This watch has ended them; there are others, of other roles. */
        void ended(List<Ended> transactions);

        /**
         * Partitions go on, whoever made them: what was written lately may have been lost.
         *
         * @param lately at least since the first of the transactions began
         */
        void freed(Duration lately);
    }

    private final Collection<String> topics;
    private final Duration patience;
    private final Patience time; // not the wall's, which may jump
    private final Listener told;
    private final StuckPartitions stuck;
    private final Map<TopicPartition, Long> waiting = new HashMap<>(); // overdue, and since when, in milliseconds
    private final Counter aborted;
    private final Looking looking;
    private volatile int overdue;

    /**
     * Begins to watch.
     *
     * @param admins makes a client
     * @param topics watched, besides the offsets of groups
     * @param patience how long an honest transaction may take: twice the timeout
     * @param time that passes
     * @param told of what was found
     * @param meters counts
     */
    public HangingTransactions(
            Supplier<Admin> admins,
            Collection<String> topics,
            Duration patience,
            Patience time,
            Listener told,
            MeterRegistry meters) {
        this.topics = List.copyOf(topics);
        this.patience = patience;
        this.time = time;
        this.told = told;
        stuck = new StuckPartitions(patience);
        aborted = OpenTransactions.aborted(meters);
        Gauge.builder("watch.partitions.stuck", () -> overdue).register(meters);
        looking = new Looking("hanging-transactions", admins, LOOK_EVERY, this::look);
        looking.start();
    }

    private void look(Admin admin) throws ExecutionException, InterruptedException {
        Set<TopicPartition> partitions = OpenTransactions.led(OpenTransactions.topics(admin, topics));
        Map<TopicPartition, Long> stable = offsets(admin, partitions, IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> ends = offsets(admin, partitions, IsolationLevel.READ_UNCOMMITTED);
        long now = TimeUnit.NANOSECONDS.toMillis(time.nanos());
        Map<TopicPartition, StuckPartitions.Place> found = stuck.look(stable, ends, now);
        overdue = found.size();
        Map<TopicPartition, Long> freed = new HashMap<>(waiting);
        freed.keySet().removeAll(found.keySet());
        // They stood open for no longer than their timeout before they were first seen.
        freed.values().stream()
                .min(Long::compare)
                .ifPresent(since ->
                        told.freed(Duration.ofMillis(now - since).plus(patience).plus(CLOCKS)));
        waiting.keySet().retainAll(found.keySet());
        if (!found.isEmpty()) {
            List<Ended> ended = end(admin, found);
            if (!ended.isEmpty()) {
                told.ended(ended);
            }
        }
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Set<TopicPartition> partitions, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private List<Ended> end(Admin admin, Map<TopicPartition, StuckPartitions.Place> found)
            throws ExecutionException, InterruptedException {
        List<Ended> ended = new ArrayList<>();
        found.forEach((partition, place) -> waiting.putIfAbsent(partition, place.sinceMillis()));
        var producers = admin.describeProducers(found.keySet()).all().get();
        for (var place : found.entrySet()) {
            TopicPartition partition = place.getKey();
            PartitionProducerState state = Objects.requireNonNull(producers.get(partition));
            for (ProducerState producer : state.activeProducers()) {
                OptionalLong start = producer.currentTransactionStartOffset();
                if (start.isPresent()
                        && start.getAsLong() <= place.getValue().offset()
                        && !isKnown(admin, producer, partition)) {
                    OpenTransactions.abort(admin, partition, producer);
                    aborted.increment();
                    ended.add(new Ended(partition, start.getAsLong()));
                }
            }
        }
        return ended;
    }

    /** Whether a coordinator of transactions will still end it. */
    private static boolean isKnown(Admin admin, ProducerState producer, TopicPartition partition)
            throws ExecutionException, InterruptedException {
        Collection<TransactionListing> listed = admin.listTransactions(
                        new ListTransactionsOptions().filterProducerIds(List.of(producer.producerId())))
                .all()
                .get();
        for (TransactionListing listing : listed) {
            String id = listing.transactionalId();
            TransactionDescription transaction =
                    admin.describeTransactions(List.of(id)).description(id).get();
            boolean newer = transaction.state() == TransactionState.ONGOING
                    && transaction.producerEpoch() != producer.producerEpoch();
            if (transaction.topicPartitions().contains(partition) && !newer) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        looking.close();
    }
}
