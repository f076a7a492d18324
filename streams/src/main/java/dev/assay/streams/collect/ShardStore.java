package dev.assay.streams.collect;

import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.columns.RankingStore;
import dev.assay.estimator.inference.AnnotatorTally;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.model.Linearisation;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.quarantine.UnusableRecordException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The comparisons of one partition, in columns, and the sums over them: a pure index of the compacted topic. Applying a
 * record twice leaves the same rows. A comparison of another feature space or context spec stays on the topic and out of
 * the sums; one of an erased annotator is refused.
 *
 * <p>While the topic is restored only the columns are filled; the sums start with the first question, by one pass.
 */
public final class ShardStore implements StateStore {
    private static final Logger LOG = LoggerFactory.getLogger(ShardStore.class);

    private final String name;
    private final Counter foreign;
    private final Counter undecodable;
    private final FloatComparisonStore columns;
    private final RankingStore rankings;
    private final ComparisonBlock row;
    private final AnnotatorRegister annotators = new AnnotatorRegister();
    private final OwedErasures owed = new OwedErasures();
    private final ComparisonRecords records;
    private @Nullable ShardStatistics statistics;
    private final MeterRegistry meters;
    private @Nullable Gauge held;
    private final TakenUpOnce once = new TakenUpOnce();
    private boolean open;

    ShardStore(String name, ShardShape shape, MeterRegistry meters) {
        this(name, shape, WireFormat.SINGLE_OBJECT, meters);
    }

    ShardStore(String name, ShardShape shape, WireFormat wire, MeterRegistry meters) {
        this.name = name;
        records = new ComparisonRecords(shape, wire);
        this.meters = meters;
        foreign = meters.counter("collect.comparisons.foreign");
        undecodable = meters.counter("collect.comparisons.undecodable");
        columns = new FloatComparisonStore(shape.rewardDimension(), shape.rationalityDimension());
        rankings = new RankingStore(shape.rewardDimension(), shape.rationalityDimension());
        row = new ComparisonBlock(1, shape.rewardDimension(), shape.rationalityDimension());
    }

    /** @return the columns of pairs, for passes over them */
    public FloatComparisonStore columns() {
        return columns;
    }

    /** @return the columns of judgments of more than two responses, for passes over them */
    public RankingStore rankings() {
        return rankings;
    }

    /** @return comparisons held, pairs and rankings */
    public long size() {
        return columns.size() + rankings.size();
    }

    /** @return ids of annotators by their number in the columns */
    public List<String> annotatorIds() {
        return annotators.ids();
    }

    /**
     * Takes over one record of the topic of comparisons, unless its annotator is erased. One that cannot be used counts as none,
     * as in {@link #take}: a shard that is restored holds the rows it held.
     *
     * @param key a {@link ComparisonKey}, encoded
     * @param value a {@link StoredComparison}, encoded; null takes the comparison out
     */
    public void apply(byte @Nullable [] key, byte @Nullable [] value) {
        try {
            take(key, value);
        } catch (UnusableRecordException e) {
            LOG.atDebug().addKeyValue("reason", e.reason()).log("a comparison that cannot be used is left out");
        }
    }

    /**
     * The same, said aloud.
     *
     * @throws UnusableRecordException if the record is no such comparison; what was there under its key is out then
     */
    void take(byte @Nullable [] key, byte @Nullable [] value) {
        KeyHash slot = KeyHash.of(records.present(key));
        if (value == null) {
            remove(slot);
            return;
        }
        ComparisonKey decoded;
        StoredComparison comparison;
        try {
            decoded = records.key(key);
            if (annotators.isDenied(decoded)) {
                return;
            }
            comparison = records.comparison(value);
        } catch (UnusableRecordException e) {
            undecodable.increment();
            remove(slot);
            throw e;
        }
        remove(slot);
        if (records.isOurs(comparison)) {
            put(slot, annotators.numberOf(decoded), comparison);
        } else {
            foreign.increment();
        }
    }

    /** The key, decoded, if its annotator is erased: its comparison was not taken over, and must not stay on the topic. */
    Optional<ComparisonKey> refused(byte @Nullable [] key) {
        if (annotators.nobodyIsDenied()) {
            return Optional.empty();
        }
        try {
            return Optional.of(records.key(key)).filter(annotators::isDenied);
        } catch (UnusableRecordException e) {
            return Optional.empty(); // It was counted when it was applied.
        }
    }

    private void remove(KeyHash slot) {
        if (statistics != null && columns.read(slot.high(), slot.low(), row)) {
            statistics.leaving(row);
        }
        columns.remove(slot.high(), slot.low());
        if (statistics != null) {
            rankings.read(slot.high(), slot.low()).ifPresent(statistics::leaving);
        }
        rankings.remove(slot.high(), slot.low());
    }

    private void put(KeyHash slot, int annotator, StoredComparison comparison) {
        float offset = comparison.context().offset();
        float weight = (float) comparison.weight();
        float[] context = comparison.context().features();
        if (comparison.isPair()) {
            float preference = comparison.preference();
            float[] difference = comparison.difference();
            columns.upsert(slot.high(), slot.low(), annotator, offset, weight, preference, context, difference);
            if (statistics != null && columns.read(slot.high(), slot.low(), row)) {
                statistics.entering(row);
            }
            return;
        }
        int[] ranks = comparison.ranks();
        rankings.upsert(slot.high(), slot.low(), annotator, offset, weight, context, ranks, comparison.features());
        if (statistics != null) {
            rankings.read(slot.high(), slot.low()).ifPresent(statistics::entering);
        }
    }

    /** Takes the annotator out of columns and sums, and refuses what still comes; how far the erasure has come here. */
    ErasureState erase(Erasure erasure) {
        OptionalInt number = annotators.deny(erasure.getAnnotatorId());
        return owed.note(erasure, number.isEmpty() ? 0 : remove(number.getAsInt()));
    }

    private long remove(int annotator) {
        long pairs = columns.removeCluster(annotator, rows -> {
            if (statistics != null) {
                statistics.leaving(rows);
            }
        });
        return pairs
                + rankings.removeCluster(annotator, rows -> {
                    if (statistics != null) {
                        statistics.leaving(rows);
                    }
                });
    }

    /** @return how often somebody came on the deny list: whoever has written of annotators sees that it is time again */
    public long denials() {
        return annotators.denials();
    }

    /** What is owed, for whoever follows the deny list. */
    OwedErasures owed() {
        return owed;
    }

    /** Admits the annotator's judgments again, from now on. */
    void lift(String annotatorId) {
        annotators.lift(annotatorId);
    }

    /** @return erasures whose receipt is still owed */
    public List<ErasureProgress> owedErasures() {
        return owed.all();
    }

    /** Moves the sums to another point, by one pass. */
    public void linearise(Linearisation at) {
        statistics().linearise(at);
    }

    /** @return where the sums are kept; empty before the first point is known */
    public Optional<Linearisation> linearisation() {
        return statistics == null ? Optional.empty() : statistics.linearisation();
    }

    /** @return the statistics at {@link #linearisation}, in which there must be a point; no pass */
    public Answer sum() {
        return statistics().sum();
    }

    /** @return the annotators at {@link #linearisation}, in which there must be a point; no pass */
    public AnnotatorTally tally() {
        return statistics().tally();
    }

    /** @return the moments; no pass */
    public Answer moments() {
        return statistics().moments();
    }

    /** @return the answer to a question: from the sums where they have it, else by a pass */
    public Answer answer(Question question) {
        boolean momentsAlone = question.wanted().moments()
                && !question.wanted().gradient()
                && question.trials().isEmpty();
        return momentsAlone ? moments() : new StoreShard(columns, rankings, 1).answer(question);
    }

    private ShardStatistics statistics() {
        if (statistics == null) {
            statistics = new ShardStatistics(columns, rankings);
        }
        return statistics;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        once.take("a shard");
        context.register(root, this::apply);
        held = Gauge.builder("collect.comparisons.held", this, ShardStore::size)
                .tag("shard", Integer.toString(context.taskId().partition()))
                .register(meters);
        open = true;
    }

    @Override
    public void close() {
        if (held != null) {
            meters.remove(held); // The shard may go on elsewhere.
        }
        columns.clear();
        rankings.clear();
        annotators.clear();
        owed.clear();
        statistics = null;
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
