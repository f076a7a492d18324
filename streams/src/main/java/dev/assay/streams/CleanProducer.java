package dev.assay.streams;

import dev.assay.streams.watch.Leftovers;
import dev.assay.streams.watch.ReadAgain;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A producer of transactions that begins one only where nothing of those before is left open. It looks when it takes over a
 * name, after an abort, and after a transaction that took unusually long: a broker was away, and may have passed over
 * partitions when it ended it. Where something was left, what it was made from is read again.
 */
final class CleanProducer extends BoundedProducer {
    private static final long USUAL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final String transactionalId;
    private final Leftovers leftovers;
    private final ReadAgain again;
    private long begunNanos = System.nanoTime();
    private boolean inDoubt;

    /** @param settings with a transactional id */
    CleanProducer(Map<String, Object> settings, Duration closeWithin, Leftovers leftovers, ReadAgain again) {
        super(settings, closeWithin);
        transactionalId = Objects.requireNonNull(settings.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG))
                .toString();
        this.leftovers = leftovers;
        this.again = again;
    }

    @Override
    public void initTransactions() {
        inDoubt |= !leftovers.endedWell(transactionalId);
        super.initTransactions();
        look();
    }

    @Override
    public void beginTransaction() {
        look();
        begunNanos = System.nanoTime();
        super.beginTransaction();
    }

    @Override
    public void commitTransaction() {
        super.commitTransaction();
        inDoubt |= System.nanoTime() - begunNanos > USUAL_NANOS;
    }

    @Override
    public void abortTransaction() {
        inDoubt = true;
        super.abortTransaction();
    }

    private void look() {
        if (inDoubt) {
            Leftovers.Found found = leftovers.end(transactionalId);
            if (found.ended() > 0) {
                again.lately();
            } else if (found.alone()) {
                again.latelyWhereNew();
            }
            inDoubt = false;
        }
    }
}
