package dev.assay.streams.watch;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * What brokers have left open of a producer's earlier transactions. A broker that ends a transaction passes over partitions
 * without a leader (KAFKA-20734). Whoever goes on under the same name ends that part together with the next transaction: what
 * was aborted becomes visible by a later commit, what was committed is lost by a later abort. So it is ended before.
 */
public final class Leftovers {
    private static final long PAUSE_MILLIS = 50;
    private static final long LEADERS_WITHIN_MILLIS = 10_000;
    private static final long SETTLED_WITHIN_MILLIS = 30_000;
    private static final List<TransactionState> ENDING = List.of(
            TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT, TransactionState.PREPARE_EPOCH_FENCE);

    /**
     * What was found.
     *
     * @param ended how many partitions had a transaction left open, which is ended now
     * @param alone whether partitions have single copies, so that such things happen at every restart of a broker
     */
    public record Found(int ended, boolean alone) {}

    private final Supplier<Admin> admins;
    private final Collection<String> topics;

    /**
     * @param admins makes a client
     * @param topics that transactions write to, besides the offsets of groups
     */
    public Leftovers(Supplier<Admin> admins, Collection<String> topics) {
        this.admins = admins;
        this.topics = List.copyOf(topics);
    }

    /**
     * Whether the newest transaction of that name ended as a commit, or there was none.
     *
     * @throws TimeoutException if the brokers do not say
     */
    public boolean endedWell(String transactionalId) {
        return ask(admin -> described(admin, transactionalId)
                .map(TransactionDescription::state)
                .filter(state -> state != TransactionState.EMPTY && state != TransactionState.COMPLETE_COMMIT)
                .isEmpty());
    }

    /**
     * Ends what is left open. No transaction of that name may be under way.
     *
     * @throws TimeoutException if the brokers do not say
     */
    public Found end(String transactionalId) {
        return ask(admin -> {
            long producerId = settled(admin, transactionalId)
                    .map(TransactionDescription::producerId)
                    .orElse(-1L);
            Collection<TopicDescription> described = led(admin);
            Map<TopicPartition, PartitionProducerState> producers = admin.describeProducers(
                            OpenTransactions.led(described))
                    .all()
                    .get();
            int ended = 0;
            for (Map.Entry<TopicPartition, PartitionProducerState> partition : producers.entrySet()) {
                for (ProducerState producer : partition.getValue().activeProducers()) {
                    if (producer.producerId() == producerId
                            && producer.currentTransactionStartOffset().isPresent()) {
                        OpenTransactions.abort(admin, partition.getKey(), producer);
                        ended++;
                    }
                }
            }
            return new Found(ended, OpenTransactions.someAlone(described));
        });
    }

    /** Its end is decided, and carried out wherever the coordinator carries it out. */
    private static Optional<TransactionDescription> settled(Admin admin, String transactionalId)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SETTLED_WITHIN_MILLIS);
        Optional<TransactionDescription> own = described(admin, transactionalId);
        while (own.map(TransactionDescription::state).filter(ENDING::contains).isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the transaction " + transactionalId + " does not end");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            own = described(admin, transactionalId);
        }
        return own;
    }

    private static Optional<TransactionDescription> described(Admin admin, String transactionalId)
            throws ExecutionException, InterruptedException {
        try {
            return Optional.of(Objects.requireNonNull(admin.describeTransactions(List.of(transactionalId))
                    .description(transactionalId)
                    .get()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** What has no leader now may have had none then; what has none for long holds nobody else up. */
    private Collection<TopicDescription> led(Admin admin) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEADERS_WITHIN_MILLIS);
        Collection<TopicDescription> described = OpenTransactions.topics(admin, topics);
        while (!OpenTransactions.allLed(described) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            described = OpenTransactions.topics(admin, topics);
        }
        return described;
    }

    private interface Question<T> {
        T of(Admin admin) throws ExecutionException, InterruptedException;
    }

    private <T> T ask(Question<T> question) {
        try (Admin admin = admins.get()) {
            return question.of(admin);
        } catch (ExecutionException e) {
            throw new TimeoutException("the brokers do not say what is left open", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
