package dev.assay.streams.descend;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.streams.collect.TakenUpOnce;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.RerunReason;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.quarantine.QuarantineReason;
import dev.assay.streams.quarantine.UnusableRecordException;
import dev.assay.streams.quarantine.Usable;
import dev.assay.streams.wire.CommandCodec;
import dev.assay.streams.wire.CoordinationCodec;
import dev.assay.streams.wire.ShardReportCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Coordinator} on topics: reports and commands in, one copy of each order per shard out, estimates on to
 * publish. It lives on the one partition of the reports, so there is one at a time, and Kafka's transactions keep one that
 * has lost its partition from saying anything more. What it must not forget goes to a store with a changelog, in the same
 * transaction as what it says.
 */
public final class CoordinatorProcessor extends ContextualProcessor<Object, byte[], Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorProcessor.class);
    private static final Duration TICK = Duration.ofMillis(20);
    private static final String MEMORY = "coordination";

    private final String model;
    private final Sources sources;
    private final int shards;
    private final Function<Coordination, Coordinator> coordinators;
    private final CoordinatorMeters meters;
    private final Children children;
    private final Announcements announcements;
    private final ShardReportCodec reports;
    private final CommandCodec commands;
    private final BitSet read = new BitSet(); // shards with an update that was read since they were told so
    private final CoordinationCodec memories = new CoordinationCodec();
    private Coordinator coordinator;
    private final ErasuresAgain erasuresAgain = new ErasuresAgain();
    private final TakenUpOnce once = new TakenUpOnce();
    private boolean forgotten;
    private String rerunId = "";

    /**
     * Where the coordinator reads.
     *
     * @param commands records of that topic are commands, all others reports
     * @param memory a {@code KeyValueStore<String, byte[]>} with a changelog
     * @param erasures what topics say of erasures
     */
    public record Sources(String commands, String memory, ErasureLog erasures) {}

    /** Names of the nodes below: orders, publications, the deny list, events. */
    public record Children(String orders, String publish, String erasures, String events) {}

    /**
     * @param model name of the deployment
     * @param sources where it reads
     * @param shards number of shards, checked against the topics at start-up
     * @param settings what the coordinator is made from
     * @param wire of reports and commands
     * @param meters counts
     * @param children nodes to forward to
     */
    public CoordinatorProcessor(
            String model,
            Sources sources,
            int shards,
            CoordinatorSettings settings,
            WireFormat wire,
            CoordinatorMeters meters,
            Children children) {
        reports = new ShardReportCodec(wire);
        commands = new CommandCodec(wire);
        this.model = model;
        this.sources = sources;
        this.shards = shards;
        this.meters = meters;
        this.children = children;
        coordinators = before -> settings.coordinator(shards, before);
        announcements = new Announcements(model);
        coordinator = coordinators.apply(Coordination.NOTHING);
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        once.take("a coordinator");
        Coordination before = remembered();
        meters.remembers(before);
        coordinator = coordinators.apply(before);
        erasuresAgain.begin(sources.erasures());
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    private void tick(long now) {
        if (forgotten) {
            forward(announcements.memoryUnreadable(now), children.events(), now);
            forgotten = false;
        }
        erasuresAgain.ifRead((history, waiting) -> {
            carryOut(coordinator.recall(history, PublishedVersion.read(memory()), now), now);
            waiting.forEach(command -> obey(command, now));
        });
        carryOut(coordinator.tick(now), now);
        // In the transaction that has read the updates: a shard then sends its next.
        read.stream()
                .forEach(shard -> context()
                        .forward(new Record<>(ShardOrder.readBy(shard), ShardOrder.NOTHING, now), children.orders()));
        read.clear();
    }

    @Override
    public void close() {
        erasuresAgain.close();
        meters.remembers(Coordination.NOTHING);
    }

    private Coordination remembered() {
        byte[] bytes = memory().get(MEMORY);
        if (bytes == null) {
            return Coordination.NOTHING;
        }
        try {
            return memories.decode(bytes);
        } catch (UndecodableException e) {
            // Of another version of the code: begin anew, the shards know all that is needed.
            LOG.atWarn().setCause(e).log("what the coordinator remembered is unreadable, it begins anew");
            forgotten = true; // Told by the first tick: nothing can be sent from here.
            return Coordination.NOTHING;
        }
    }

    @Override
    public void process(Record<Object, byte[]> received) {
        long now = context().currentSystemTimeMs();
        if (context()
                .recordMetadata()
                .filter(from -> from.topic().equals(sources.commands()))
                .isPresent()) {
            obey(received.value(), now);
            return;
        }
        ShardReport report = usable(received);
        carryOut(coordinator.hear(report, now), now);
        if (report instanceof ShardReport.Update) {
            read.set(report.shard());
        }
    }

    /** Checked whole before it is heard: what the coordinator has taken in, it adds to every sum. */
    private ShardReport usable(Record<Object, byte[]> received) {
        try {
            ShardReport report = Usable.value(reports, received.value());
            Usable.unless(QuarantineReason.OUT_OF_BOUNDS, coordinator.objection(report));
            ByteBuffer number = ByteBuffer.allocate(Integer.BYTES).putInt(0, report.shard());
            boolean same =
                    received.key() instanceof byte[] key && ByteBuffer.wrap(key).equals(number);
            Usable.key(same, "the number of the value's shard");
            return report;
        } catch (UnusableRecordException e) {
            meters.undecodableReport();
            throw e;
        }
    }

    private void obey(byte @Nullable [] value, long now) {
        Command command;
        try {
            command = Usable.value(commands, value);
        } catch (UnusableRecordException e) {
            meters.undecodableCommand();
            forward(announcements.unreadable(e, now), children.events(), now);
            throw e;
        }
        if (!erasuresAgain.holds(command)) {
            obey(command, now);
        }
    }

    private void obey(Command command, long now) {
        carryOut(coordinator.obey(command, PublishedVersion.read(memory()), now), now);
        remember();
    }

    private void carryOut(List<Action> actions, long now) {
        if (actions.isEmpty()) {
            return;
        }
        Hands hands = new Hands(now);
        actions.forEach(action -> action.doneBy(hands));
        remember();
        context().commit(); // Somebody waits for each of these.
    }

    /** Does at one time what the coordinator wants done. */
    private final class Hands implements Action.Handler {
        private final long now;

        Hands(long now) {
            this.now = now;
        }

        @Override
        public void tell(Action.Tell tell) {
            meters.roundAsked();
            for (int shard = 0; shard < shards; shard++) {
                context().forward(new Record<>(shard, tell.order(), now), children.orders());
            }
        }

        @Override
        public void begun(Action.Begun begun) {
            OpenRerun rerun = begun.rerun();
            rerunId = rerun.getId();
            meters.begun(RerunReason.of(rerun), now);
            LOG.atInfo()
                    .addKeyValue("rerunId", rerun.getId())
                    .addKeyValue("reason", rerun.getReason())
                    .addKeyValue("judgments", rerun.getJudgments())
                    .log("rerun started");
            announcements.begun(rerun, now).forEach(event -> forward(event, children.events(), now));
        }

        @Override
        public void publish(Action.Publish publish) {
            if (publish.what() instanceof FinishedRerun finished) {
                meters.ended(finished.fit().status(), now);
            }
            forward(publish.what(), children.publish(), now);
            coordinator.published(publish.what(), PublishedVersion.read(memory()));
        }

        @Override
        public void superseded(Action.Superseded superseded) {
            forward(announcements.superseded(superseded, now), children.events(), now);
        }

        @Override
        public void identified(Action.Identified identified) {
            forward(announcements.identified(identified.found(), rerunId, now), children.events(), now);
        }

        @Override
        public void denied(Action.Denied denied) {
            deny(denied.erasure());
        }

        @Override
        public void receipted(Action.Receipted receipted) {
            forward(announcements.receipt(receipted.erasure(), now), children.events(), now);
            deny(Erasures.receipted(receipted.erasure()));
        }

        private void deny(Erasure erasure) {
            context().forward(new Record<>(erasure.getAnnotatorId(), erasure, now), children.erasures());
        }

        @Override
        public void overdue(Action.Overdue overdue) {
            LOG.atWarn()
                    .addKeyValue("commandId", overdue.erasure().getErasure().getCommandId())
                    .log("the receipt of an erasure is overdue");
            forward(announcements.overdue(overdue.erasure(), now), children.events(), now);
        }
    }

    private void forward(Object value, String child, long now) {
        context().forward(new Record<>(model, value, now), child);
    }

    private void remember() {
        Coordination now = coordinator.memory();
        memory().put(MEMORY, memories.encode(now));
        meters.remembers(now);
    }

    private KeyValueStore<String, byte[]> memory() {
        return context().getStateStore(sources.memory());
    }
}
