package dev.assay.streams.descend;

import dev.assay.estimator.sums.Answer;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.collect.ShardStore;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.Round;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.quarantine.QuarantineReason;
import dev.assay.streams.quarantine.UnusableRecordException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The shard's voice: does what the newest order says, answers its round, and tells unasked how its statistics stand, at a
 * bounded rate, when it has read on. Now and then it tells in any case what it holds, because a coordinator that has just
 * started knows no shard.
 *
 * <p>Answers and updates end the transaction, because the coordinator waits for them; a status does not.
 *
 * <p>A shard has one update on its way at the most: the next follows when the coordinator has read the last, which it says by
 * an order under a key of its own, {@link ShardOrder#readBy}. However busy the coordinator is, what waits for it is as much as
 * there are shards, and not out of date. A word that is lost is made up for by the patience of a heartbeat.
 */
public final class AnswerProcessor extends ContextualProcessor<Integer, byte[], Object, Object> {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);
    private static final long UNWRITTEN = -1;
    private static final long READ = Long.MIN_VALUE;

    private final String orderStore;
    private final String shardStore;
    private final ShardProgress progress;
    private final long intervalMillis;
    private final AnnotatorWatch annotators;
    private final Counter undecodable;
    private final Counter foreign;
    private final Children children;
    private final Orders orders;
    private boolean restored;
    private long reportedOffset = -1;
    private List<ErasureProgress> reportedErasures = List.of();
    private long reportedSlot;
    private long statusAtMillis;
    private long unreadSinceMillis = READ;
    private long writtenDenials = UNWRITTEN;

    /** Names of the nodes below: reports, events, the annotators. */
    public record Children(String reports, String events, String annotators) {}

    /**
     * @param orderStore the newest order of the shard, a {@code KeyValueStore<Integer, byte[]>} that is nothing but its
     *     topic
     * @param shardStore the shard's store
     * @param progress how far it has read
     * @param interval between two unasked reports at least
     * @param annotators looks at whose judgments do not fit
     * @param orders reads them
     * @param meters counts
     * @param children nodes to forward to
     */
    public AnswerProcessor(
            String orderStore,
            String shardStore,
            ShardProgress progress,
            Duration interval,
            AnnotatorWatch annotators,
            Orders orders,
            MeterRegistry meters,
            Children children) {
        this.orders = orders;
        this.orderStore = orderStore;
        this.shardStore = shardStore;
        this.progress = progress;
        this.intervalMillis = interval.toMillis();
        this.annotators = annotators;
        undecodable = meters.counter("descend.orders.undecodable");
        foreign = meters.counter("descend.orders.foreign");
        this.children = children;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, this::look);
    }

    @Override
    public void process(Record<Integer, byte[]> asked) {
        if (asked.key() != null && asked.key() == ShardOrder.readBy(shard())) {
            unreadSinceMillis = READ;
            return;
        }
        if (asked.key() == null || asked.value() == null) {
            return; // Nothing is asked; who keeps the newest order has put it aside.
        }
        read(asked.key(), asked.value()).ifPresent(order -> {
            restored = true; // This order is newer than any that was stored.
            carryOut(order);
        });
    }

    /** What cannot be used is put aside by who keeps the newest order; here it counts as none. */
    private Optional<ShardOrder> read(Integer key, byte[] bytes) {
        try {
            return Optional.of(orders.read(shard(), key, bytes));
        } catch (UnusableRecordException e) {
            // Also left over from another version of the code, or of the features: its coordinator is gone too.
            (e.reason() == QuarantineReason.OUT_OF_BOUNDS ? foreign : undecodable).increment();
            return Optional.empty();
        }
    }

    private void carryOut(ShardOrder order) {
        if (moved(order.linearisation())) {
            AnnotatorWatch.Findings findings = watch();
            annotators
                    .told(findings)
                    .forEach(event -> context()
                            .forward(
                                    new Record<Object, Object>(
                                            event.getModel(),
                                            event,
                                            event.getTime().toEpochMilli()),
                                    children.events()));
            write(findings);
        }
        Round round = order.round();
        if (round == null) {
            reportedOffset = offset();
            store().linearisation().ifPresent(at -> update(at, store().sum().withMomentsOf(store().moments())));
        } else {
            report(new ShardReport.Reply(
                    shard(), offset(), round.rerunId(), round.number(), store().answer(round.question())));
        }
    }

    /** Keeps the statistics where the coordinator wants them; whether that is another point than before. */
    private boolean moved(@Nullable Linearisation wanted) {
        if (wanted == null || store().linearisation().filter(wanted::equals).isPresent()) {
            return false;
        }
        store().linearise(wanted);
        return true;
    }

    /** Kafka Streams restores orders unread: a point at which there are no sums is waited for like one that is missing. */
    private void movedIfPossible(@Nullable Linearisation wanted) {
        try {
            moved(wanted);
        } catch (IllegalArgumentException e) {
            undecodable.increment();
        }
    }

    private AnnotatorWatch.Findings watch() {
        return annotators.watch(store(), shard(), context().currentSystemTimeMs());
    }

    private void write(AnnotatorWatch.Findings findings) {
        writtenDenials = store().denials();
        context()
                .forward(
                        new Record<Object, Object>(
                                shard(), findings.report(), context().currentSystemTimeMs()),
                        children.annotators());
    }

    /**
     * The newest record must not name anybody erased. After a restart nobody knows what it names, so that it is written anew
     * in any case.
     */
    private void writeIfErased() {
        if (writtenDenials != store().denials() && store().linearisation().isPresent()) {
            write(watch());
        }
    }

    private void look(long nowMillis) {
        if (!restored) {
            restored = true;
            Optional.ofNullable(newestOrder().get(shard()))
                    .flatMap(bytes -> read(shard(), bytes))
                    .ifPresent(order -> movedIfPossible(order.linearisation()));
        }
        writeIfErased();
        // Counted from the epoch, so that all shards of a thread report in the same transaction.
        long slot = nowMillis / intervalMillis;
        if (slot != reportedSlot) {
            reportedSlot = slot;
            if (!store().owedErasures().equals(reportedErasures)) {
                status(nowMillis); // Before the update that is without the erased, so that the coordinator knows it is.
                update();
            } else if (offset() != reportedOffset && !unread(nowMillis)) {
                update();
            }
        }
        if (nowMillis - statusAtMillis >= HEARTBEAT.toMillis()) {
            status(nowMillis);
        }
    }

    private void update() {
        reportedOffset = offset();
        store().linearisation()
                .ifPresentOrElse(
                        at -> update(at, store().sum()), () -> status(context().currentSystemTimeMs()));
    }

    private void update(Linearisation at, Answer sums) {
        unreadSinceMillis = context().currentSystemTimeMs();
        report(new ShardReport.Update(shard(), offset(), at.epoch(), sums));
    }

    private boolean unread(long nowMillis) {
        return unreadSinceMillis != READ && nowMillis - unreadSinceMillis < HEARTBEAT.toMillis();
    }

    private void status(long nowMillis) {
        statusAtMillis = nowMillis;
        reportedErasures = store().owedErasures();
        report(new ShardReport.Status(shard(), offset(), store().size(), reportedErasures));
    }

    private void report(ShardReport report) {
        context()
                .forward(
                        new Record<Object, Object>(
                                report.shard(), report, context().currentSystemTimeMs()),
                        children.reports());
        if (!(report instanceof ShardReport.Status)) {
            context().commit();
        }
    }

    private int shard() {
        return context().taskId().partition();
    }

    private long offset() {
        return progress.coveredOffset(shard());
    }

    private KeyValueStore<Integer, byte[]> newestOrder() {
        return context().getStateStore(orderStore);
    }

    private ShardStore store() {
        return context().getStateStore(shardStore);
    }
}
