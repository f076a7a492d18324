package dev.assay.streams.descend;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.collect.ShardShape;
import dev.assay.streams.collect.ShardStore;
import dev.assay.streams.collect.ShardStoreBuilder;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.Round;
import dev.assay.streams.model.ShardOrder;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.ShardOrderCodec;
import dev.assay.streams.wire.ShardReportCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A short stream in memory, before the real one: comparisons, a rerun and updates of one shard and one coordinator, through
 * the codecs of the topics. What the virtual machine has not compiled yet is slow, and a stream that begins at full rate falls
 * behind by seconds. Nothing of it is kept.
 */
public final class Rehearsal {
    private static final int MOST_PARAMETERS = 256; // beyond, it takes longer than it saves
    private static final int PAIRS = 3_000;
    private static final int UPDATES = 150;
    private static final int PAIRS_AN_UPDATE = 20;
    private static final long UPDATE_MILLIS = 1_000;

    private final ShardShape shape;
    private final ShardStore store;
    private final Coordinator coordinator;
    private final ComparisonCodec comparisons;
    private final ShardOrderCodec orders;
    private final ShardReportCodec reports;
    private final SplittableRandom random = new SplittableRandom(1);
    private long offset;
    private long millis;
    private int published;

    private Rehearsal(CoordinatorSettings settings, ShardShape shape) {
        WireFormat wire = WireFormat.SINGLE_OBJECT; // asks no registry
        this.shape = shape;
        store = new ShardStoreBuilder("rehearsal", shape, wire, new SimpleMeterRegistry()).build();
        coordinator = settings.coordinator(1, Coordination.NOTHING);
        comparisons = new ComparisonCodec(wire);
        orders = new ShardOrderCodec(wire);
        reports = new ShardReportCodec(wire);
    }

    /**
     * Plays it.
     *
     * @param settings of the coordinator that is to come
     * @param shape of its comparisons
     * @return how many estimates came of it; 0 where the parameters are too many for it
     */
    public static int play(CoordinatorSettings settings, ShardShape shape) {
        if (shape.parameters() > MOST_PARAMETERS) {
            return 0;
        }
        try {
            return new Rehearsal(settings, shape).play();
        } catch (UndecodableException e) {
            throw new IllegalStateException("a codec does not read what it wrote", e);
        }
    }

    private int play() throws UndecodableException {
        add(PAIRS);
        tell(new ShardReport.Status(0, offset, store.size(), List.of()));
        carryOut(coordinator.obey(new Command.Rerun("rehearsal", Instant.EPOCH), 0, millis));
        for (int i = 0; i < UPDATES; i++) {
            millis += UPDATE_MILLIS;
            add(PAIRS_AN_UPDATE);
            Linearisation at = store.linearisation().orElse(null);
            if (at != null) {
                tell(new ShardReport.Update(0, offset, at.epoch(), store.sum()));
            }
            carryOut(coordinator.tick(millis));
        }
        return published;
    }

    private void carryOut(List<Action> actions) throws UndecodableException {
        for (Action action : actions) {
            if (action instanceof Action.Tell tell) {
                follow(orders.decode(orders.encode(tell.order())));
            } else if (action instanceof Action.Publish publish) {
                published++;
                coordinator.published(publish.what(), published);
            }
        }
    }

    private void follow(ShardOrder order) throws UndecodableException {
        Linearisation wanted = order.linearisation();
        if (wanted != null && store.linearisation().filter(wanted::equals).isEmpty()) {
            store.linearise(wanted);
            tell(new ShardReport.Update(0, offset, wanted.epoch(), store.sum().withMomentsOf(store.moments())));
        }
        Round round = order.round();
        if (round != null) {
            tell(new ShardReport.Reply(0, offset, round.rerunId(), round.number(), store.answer(round.question())));
        }
    }

    private void tell(ShardReport report) throws UndecodableException {
        carryOut(coordinator.hear(reports.decode(reports.encode(report)), millis));
    }

    private void add(int pairs) {
        for (int i = 0; i < pairs; i++) {
            offset++;
            ComparisonKey key = new ComparisonKey("annotator-" + random.nextInt(50), "judgment-" + offset);
            store.apply(Codec.COMPARISON_KEYS.encode(key), comparisons.encode(pair()));
        }
    }

    private StoredComparison pair() {
        float[] first = vector(shape.rewardDimension());
        float[] second = vector(shape.rewardDimension());
        boolean firstWins = random.nextDouble() < 1 / (1 + Math.exp(second[0] - first[0]));
        return new StoredComparison(
                "prompt",
                List.of(new ComparedResponse("a", null, first), new ComparedResponse("b", null, second)),
                firstWins ? List.of(1, 2) : List.of(2, 1),
                1,
                shape.featureSpace(),
                new StoredComparison.EncodedContext(shape.contextSpec(), 1, vector(shape.rationalityDimension())),
                Occasion.of(Map.of(), "rehearsal"));
    }

    private float[] vector(int size) {
        float[] vector = new float[size];
        for (int j = 0; j < size; j++) {
            vector[j] = (float) random.nextGaussian();
        }
        return vector;
    }
}
