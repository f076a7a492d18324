package dev.assay.service.roles;

import dev.assay.schemas.publish.Event;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.model.EventType;
import dev.assay.streams.patience.Patience;
import dev.assay.streams.watch.HangingTransactions;
import dev.assay.streams.watch.ReadAgain;
import dev.assay.streams.watch.UnreadRecords;
import dev.assay.streams.wire.CloudEvent;
import dev.assay.streams.wire.Codec;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every role looks for in its brokers, and what it does about it: transactions left open for ever are ended and told of,
 * and an estimator reads the judgments again that came since, because what it made of them may be lost. And how long judgments
 * have been waiting to be read, also while no estimator is there to say.
 */
public final class BrokerWatch implements HangingTransactions.Listener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);

    private final Deployment deployment;
    private final Optional<ReadAgain> judgments;
    private final List<Runnable> watches; // how each is ended

    private BrokerWatch(Deployment deployment, Optional<ReadAgain> judgments, MeterRegistry meters) {
        this.deployment = deployment;
        this.judgments = judgments;
        HangingTransactions transactions = new HangingTransactions(
                () -> Clients.admin(deployment),
                Role.topicsOfTransactions(deployment),
                Role.transactionTimeout(deployment).multipliedBy(2),
                Patience.system(),
                this,
                meters);
        UnreadRecords unread = new UnreadRecords(
                () -> Clients.admin(deployment),
                () -> Clients.consumer(deployment),
                deployment.topics().judgments().name(),
                Role.group(deployment, "estimator"),
                InstantSource.system(),
                meters);
        watches = List.of(transactions::close, unread::close);
    }

    /** Begins to look. */
    public static BrokerWatch start(Deployment deployment, RunningRole role, MeterRegistry meters) {
        return new BrokerWatch(deployment, role.readAgain(), meters);
    }

    @Override
    public void ended(List<HangingTransactions.Ended> ended) {
        Instant now = Instant.now();
        Event event = new Event(
                "transaction-" + now.toEpochMilli(),
                EventType.TRANSACTION_ENDED.name(),
                deployment.model(),
                null,
                "A broker had left " + ended.size()
                        + " partitions with a transaction open for ever; it is ended, and the"
                        + " judgments since are read again.",
                Map.of(
                        "partitions",
                        ended.stream()
                                .map(one -> one.partition() + "@" + one.offset())
                                .collect(Collectors.joining(","))),
                now);
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(deployment)) {
            producer.send(CloudEvent.record(deployment.topics(), Codec.events(deployment.wire()), event))
                    .get();
        } catch (ExecutionException e) {
            LOG.atWarn().setCause(e).log("that a transaction was ended cannot be told as an event");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void freed(Duration lately) {
        judgments.ifPresent(readers -> readAgain(readers, lately));
    }

    /** By the clocks of the brokers, which gave the judgments their times: that of this process may be wrong by days. */
    private void readAgain(ReadAgain readers, Duration lately) {
        try (Admin admin = Clients.admin(deployment)) {
            long newest = places(admin, OffsetSpec.maxTimestamp()).values().stream()
                    .mapToLong(ListOffsetsResultInfo::timestamp)
                    .max()
                    .orElse(-1);
            if (newest < 0) {
                return; // There is no judgment.
            }
            long since = newest - lately.toMillis();
            places(admin, OffsetSpec.forTimestamp(since)).forEach((partition, place) -> {
                if (place.offset() >= 0) { // nothing came since
                    readers.from(partition, place.offset());
                }
            });
            LOG.atWarn().addKeyValue("since", Instant.ofEpochMilli(since)).log("judgments are read again");
        } catch (ExecutionException e) {
            LOG.atError()
                    .setCause(e)
                    .log("judgments cannot be read again; restart the estimator's group from before: RUNBOOK");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> places(Admin admin, OffsetSpec wanted)
            throws ExecutionException, InterruptedException {
        String topic = deployment.topics().judgments().name();
        return admin.listOffsets(IntStream.range(0, deployment.shards())
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .collect(Collectors.toMap(Function.identity(), partition -> wanted)))
                .all()
                .get();
    }

    @Override
    public void close() {
        watches.forEach(Runnable::run);
    }
}
