package dev.assay.streams.watch;

import dev.assay.streams.patience.Patience;
import dev.assay.streams.patience.Tries;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What brokers have left open of a producer's earlier transactions. A broker that ends a transaction passes over partitions
 * without a leader (KAFKA-20734). Whoever goes on under the same name ends that part together with the next transaction: what
 * was aborted becomes visible by a later commit, what was committed is lost by a later abort. So it is ended before.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Duration LED_WITHIN = Duration.ofSeconds(10);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(30);
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
    private final Counter aborted;

    /**
     * @param admins makes a client
     * @param topics that transactions write to, besides the offsets of groups
     * @param meters counts what is ended, together with {@link HangingTransactions}
     */
    public Leftovers(Supplier<Admin> admins, Collection<String> topics, MeterRegistry meters) {
        this.admins = admins;
        this.topics = List.copyOf(topics);
        aborted = OpenTransactions.aborted(meters);
    }

    /**
     * Whether the newest transaction of that name ended as a commit, or there was none.
     *
     * @throws TimeoutException if the brokers do not say
     */
    public boolean endedWell(String transactionalId) {
        return ask(
                admin -> described(admin, transactionalId)
                        .map(TransactionDescription::state)
                        .filter(state -> state != TransactionState.EMPTY && state != TransactionState.COMPLETE_COMMIT)
                        .isEmpty(),
                true);
    }

    /**
     * Ends what is left open. No transaction of that name may be under way.
     *
     * @throws TimeoutException if the brokers do not say
     */
    public Found end(String transactionalId) {
        return ask(admin -> end(admin, transactionalId), new Found(0, false));
    }

    private Found end(Admin admin, String transactionalId) throws ExecutionException, InterruptedException {
        long producerId = settled(admin, transactionalId)
                .map(TransactionDescription::producerId)
                .orElse(-1L);
        Collection<TopicDescription> described = led(admin);
        Set<TopicPartition> partitions = OpenTransactions.led(described);
        DescribeProducersResult producers = admin.describeProducers(partitions);
        int ended = 0;
        for (TopicPartition partition : partitions) {
            for (ProducerState producer : active(producers, partition)) {
                if (producer.producerId() == producerId
                        && producer.currentTransactionStartOffset().isPresent()) {
                    OpenTransactions.abort(admin, partition, producer);
                    aborted.increment();
                    ended++;
                }
            }
        }
        return new Found(ended, OpenTransactions.someAlone(described));
    }

    private static List<ProducerState> active(DescribeProducersResult producers, TopicPartition partition)
            throws ExecutionException, InterruptedException {
        try {
            return Objects.requireNonNull(producers.partitionResult(partition).get())
                    .activeProducers();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException) {
                return List.of(); // Who may not read a topic sees nobody who writes there.
            }
            throw e;
        }
    }

    /** Its end is decided, and carried out wherever the coordinator carries it out. */
    private static Optional<TransactionDescription> settled(Admin admin, String transactionalId)
            throws ExecutionException, InterruptedException {
        Tries tries = new Tries(Patience.system(), SETTLED_WITHIN);
        Optional<TransactionDescription> own = described(admin, transactionalId);
        while (own.map(TransactionDescription::state).filter(ENDING::contains).isPresent()) {
            if (!tries.again()) {
                throw new TimeoutException("the transaction " + transactionalId + " does not end");
            }
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
        Tries tries = new Tries(Patience.system(), LED_WITHIN);
        Collection<TopicDescription> described = OpenTransactions.topics(admin, topics);
        while (!OpenTransactions.allLed(described) && tries.again()) {
            described = OpenTransactions.topics(admin, topics);
        }
        return described;
    }

    private interface Question<T> {
        T of(Admin admin) throws ExecutionException, InterruptedException;
    }

    /** @param otherwise what is supposed where the cluster does not let us look: it must not keep anybody from working */
    private <T> T ask(Question<T> question, T otherwise) {
        try (Admin admin = admins.get()) {
            return question.of(admin);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.atWarn().setCause(e.getCause()).log("not allowed to look for transactions that were left open");
                return otherwise;
            }
            throw new TimeoutException("the brokers do not say what is left open", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
