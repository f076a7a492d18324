package dev.assay.streams.descend;

import dev.assay.estimator.descent.Descent;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.adapt.Event;
import dev.assay.streams.adapt.ShardOrder;
import dev.assay.streams.adapt.ShardReportCodec;
import dev.assay.streams.collect.ShardShape;
import dev.assay.streams.descend.Coordinator.Action;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Coordinator} on topics: reports in, one copy of each order per shard out, finished reruns on to publish.
 * It lives on the one partition of the reports, so there is one at a time. It keeps nothing durable: after a crash the
 * shards' heartbeats tell a new one all it needs to begin a rerun.
 */
public final class CoordinatorProcessor extends ContextualProcessor<Integer, byte[], Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorProcessor.class);
    private static final Duration TICK = Duration.ofMillis(100);

    private final String model;
    private final int shards;
    private final Coordinator coordinator;
    private final MeterRegistry meters;
    private final Children children;
    private final ShardReportCodec codec = new ShardReportCodec();

    /** Names of the nodes below: round orders, finished reruns, events. */
    public record Children(String orders, String publish, String events) {}

    /**
     * @param model name of the deployment
     * @param descent chooses the next order
     * @param tolerance decrement per parameter up to which a fit counts as exact
     * @param schedule when a rerun is due
     * @param shards number of shards, checked against the topics at start-up
     * @param shape of the comparisons
     * @param meters counts
     * @param children nodes to forward to
     */
    public CoordinatorProcessor(
            String model,
            Descent descent,
            double tolerance,
            RerunSchedule schedule,
            int shards,
            ShardShape shape,
            MeterRegistry meters,
            Children children) {
        this.model = model;
        this.shards = shards;
        this.meters = meters;
        this.children = children;
        coordinator = new Coordinator(
                descent, tolerance, schedule, shards, shape.rewardDimension(), shape.rationalityDimension());
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> carryOut(coordinator.tick(now), now));
    }

    @Override
    public void process(Record<Integer, byte[]> report) {
        long now = context().currentSystemTimeMs();
        try {
            carryOut(coordinator.hear(codec.decode(report.value()), now), now);
        } catch (UndecodableException e) {
            meters.counter("descend.reports.undecodable").increment();
        }
    }

    private void carryOut(List<Action> actions, long now) {
        for (Action action : actions) {
            if (action instanceof Action.Ask ask) {
                meters.counter("descend.rounds.asked").increment();
                for (int shard = 0; shard < shards; shard++) {
                    context().forward(new Record<>(shard, new ShardOrder(null, ask.order()), now), children.orders());
                }
            } else if (action instanceof Action.Ended ended) {
                context().forward(new Record<>(model, ended.rerun(), now), children.publish());
            } else if (action instanceof Action.Begun begun) {
                LOG.atInfo()
                        .addKeyValue("rerunId", begun.rerunId())
                        .addKeyValue("reason", begun.reason())
                        .addKeyValue("judgments", begun.judgments())
                        .log("rerun started");
                context().forward(new Record<>(model, started(begun, now), now), children.events());
            }
        }
    }

    private Event started(Action.Begun begun, long now) {
        return new Event(
                begun.rerunId() + "-started",
                Event.Type.RERUN_STARTED,
                model,
                null,
                "A rerun over " + begun.judgments() + " judgments has started.",
                Map.of(
                        "rerunId", begun.rerunId(),
                        "reason", begun.reason().name(),
                        "judgments", Long.toString(begun.judgments())),
                Instant.ofEpochMilli(now));
    }
}
