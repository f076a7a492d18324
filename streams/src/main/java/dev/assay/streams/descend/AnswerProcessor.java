package dev.assay.streams.descend;

import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.ShardSum;
import dev.assay.estimator.descent.StoreShard;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.adapt.ShardOrderCodec;
import dev.assay.streams.adapt.ShardReport;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.collect.ShardStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The shard's voice: answers a round order with the statistics of all it holds, and tells unasked what that is, when it
 * has read on and now and then in any case, because a coordinator that has just started knows no shard.
 */
public final class AnswerProcessor extends ContextualProcessor<Integer, byte[], Integer, ShardReport> {
    private static final Duration CHECK = Duration.ofMillis(100);
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    private final String storeName;
    private final ShardProgress progress;
    private final MeterRegistry meters;
    private final ShardOrderCodec codec = new ShardOrderCodec();
    private long reportedOffset = -1;
    private long reportedAtMillis;

    /**
     * @param storeName the shard's store
     * @param progress how far it has read
     * @param meters counts
     */
    public AnswerProcessor(String storeName, ShardProgress progress, MeterRegistry meters) {
        this.storeName = storeName;
        this.progress = progress;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<Integer, ShardReport> context) {
        super.init(context);
        context.schedule(CHECK, PunctuationType.WALL_CLOCK_TIME, this::reportIfDue);
    }

    @Override
    public void process(Record<Integer, byte[]> asked) {
        try {
            RoundOrder order = codec.decode(asked.value()).round();
            if (order == null || !fits(order)) {
                meters.counter("descend.orders.foreign").increment();
                return;
            }
            ShardSum sum = new StoreShard(store().columns()).answer(order);
            report(new ShardReport.Answer(
                    shard(), progress.coveredOffset(shard()), order.rerunId(), order.round(), sum));
        } catch (UndecodableException e) {
            // Left over from another version of the code: its coordinator is gone too.
            meters.counter("descend.orders.undecodable").increment();
        }
    }

    private boolean fits(RoundOrder order) {
        return order.point().reward().size() == store().columns().rewardDimension()
                && order.point().rationality().size() == store().columns().rationalityDimension();
    }

    private void reportIfDue(long nowMillis) {
        long offset = progress.coveredOffset(shard());
        if (offset != reportedOffset || nowMillis - reportedAtMillis >= HEARTBEAT.toMillis()) {
            reportedOffset = offset;
            reportedAtMillis = nowMillis;
            report(new ShardReport.Status(shard(), offset, store().columns().size(), java.util.List.of()));
        }
    }

    private void report(ShardReport report) {
        context().forward(new Record<>(report.shard(), report, context().currentSystemTimeMs()));
    }

    private int shard() {
        return context().taskId().partition();
    }

    private ShardStore store() {
        return context().getStateStore(storeName);
    }
}
