package dev.assay.lab.chaos;

import dev.assay.lab.process.EstimatorFleet;
import dev.assay.schemas.UndecodableException;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.CommandRecords;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.Command;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.ShardOrderCodec;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Asks for a rerun, kills an estimator while a round of it is open, and deletes what that one had on its disk. */
final class StateLoss implements Breakage {
    /** Then a broker is away, and no round opens soon. */
    private static final Duration OPENS_WITHIN = Duration.ofSeconds(5);

    private final Deployment deployment;
    private final Traffic traffic;
    private final EstimatorFleet estimators;
    private final ShardOrderCodec orders;
    private int asked;

    StateLoss(Deployment deployment, Traffic traffic, EstimatorFleet estimators) {
        this.deployment = deployment;
        this.traffic = traffic;
        this.estimators = estimators;
        orders = new ShardOrderCodec(deployment.wire());
    }

    @Override
    public void begin(int slot) throws Exception {
        awaitOpenRound();
        estimators.kill(slot);
        estimators.deleteState(slot);
    }

    @Override
    public void end(int slot) {
        estimators.start(slot);
    }

    private void awaitOpenRound() {
        String topic =
                deployment.topics().roundOrders(deployment.shape().parameters()).name();
        long deadline = System.nanoTime() + OPENS_WITHIN.toNanos();
        try (TopicTail tail = Clients.tail(deployment, topic).fromEnd()) {
            asked++;
            traffic.sendBesides(
                    "commands",
                    CommandRecords.of(deployment).record(new Command.Rerun("rerun-" + asked, Instant.now())));
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> record : tail.poll()) {
                    if (opensRound(record)) {
                        return;
                    }
                }
            }
        } catch (KafkaException e) {
            // No broker says how far the rerun is; the estimator is lost all the same.
        }
    }

    private boolean opensRound(ConsumerRecord<byte[], byte[]> record) {
        try {
            return !Poisoning.made(record)
                    && record.value() != null
                    && orders.decode(record.value()).round() != null;
        } catch (UndecodableException e) {
            throw new IllegalStateException("an order of the service cannot be read", e);
        }
    }
}
