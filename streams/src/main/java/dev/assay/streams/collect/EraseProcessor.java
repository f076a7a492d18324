package dev.assay.streams.collect;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import dev.assay.streams.model.ErasureState;
import dev.assay.streams.wire.Codec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the deny list of its partition: an erased annotator leaves columns and sums at once, then every key of theirs gets
 * its tombstone, some thousand in a transaction. What was under way when the shard moved is begun again, for the keys that
 * have no tombstone yet.
 */
public final class EraseProcessor extends ContextualProcessor<byte[], byte[], Object, @Nullable Object> {
    private static final Logger LOG = LoggerFactory.getLogger(EraseProcessor.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MOST_TOMBSTONES = 5_000; // at a look: some 50,000 a second
    private static final int FAILURES_ON_END = 3; // of a search that the shard does not call one any more

    private final String denyStore;
    private final String shardStore;
    private final ShardProgress progress;
    private final KeyLog keyLog;
    private final Counter undecodable;
    private final Counter swept;
    private final Counter failed;
    private final Children children;
    private final Codec<Erasure> codec;
    private final KeySweep sweep = new KeySweep();

    /** Names of the nodes below: tombstones to the comparisons, progress to the deny list. */
    public record Children(String tombstones, String erasures) {}

    /**
     * @param denyStore the deny list of the partition, a {@code KeyValueStore<byte[], byte[]>} that is nothing but its topic
     * @param shardStore the shard's store
     * @param progress how far the shard has read
     * @param keyLog finds an annotator's keys
     * @param wire of the deny list
     * @param meters counts
     * @param children nodes to forward to
     */
    public EraseProcessor(
            String denyStore,
            String shardStore,
            ShardProgress progress,
            KeyLog keyLog,
            WireFormat wire,
            MeterRegistry meters,
            Children children) {
        codec = Codec.erasures(wire);
        this.denyStore = denyStore;
        this.shardStore = shardStore;
        this.progress = progress;
        this.keyLog = keyLog;
        undecodable = meters.counter("collect.erasures.undecodable");
        swept = meters.counter("collect.erasures.swept");
        failed = meters.counter("collect.searches.failed");
        this.children = children;
    }

    @Override
    public void init(ProcessorContext<Object, @Nullable Object> context) {
        super.init(context);
        sweep.clear(); // Kafka Streams takes up a task again, after a fault, with the same processors.
        try (KeyValueIterator<byte[], byte[]> entries = denied().all()) {
            while (entries.hasNext()) {
                KeyValue<byte[], byte[]> entry = entries.next();
                decode(entry.key, entry.value).ifPresent(this::take);
            }
        }
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, now -> sendTombstones(now));
    }

    @Override
    public void process(Record<byte[], byte[]> entry) {
        if (entry.key() == null) {
            return; // It names nobody.
        }
        if (entry.value() == null) {
            store().lift(new String(entry.key(), StandardCharsets.UTF_8));
        } else {
            decode(entry.key(), entry.value())
                    .ifPresentOrElse(
                            erasure -> takeNew(erasure, context().currentSystemTimeMs()), () -> sayAgain(entry));
        }
    }

    /** What cannot be used is put aside by who keeps the deny list; here it counts as none. */
    private Optional<Erasure> decode(byte[] key, byte[] value) {
        try {
            return Optional.of(codec.decode(value)).filter(erasure -> DenyEntries.isOf(key, erasure));
        } catch (UndecodableException e) {
            undecodable.increment();
            return Optional.empty();
        }
    }

    /** Who was on the deny list stays there: the topic keeps only the newest record of a key, and that one is no entry. */
    private void sayAgain(Record<byte[], byte[]> unusable) {
        byte[] standing = denied().get(unusable.key());
        if (standing != null) {
            decode(unusable.key(), standing)
                    .ifPresent(erasure ->
                            forward(erasure.getAnnotatorId(), erasure, unusable.timestamp(), children.erasures()));
        }
    }

    /** @return how far it has come for this shard */
    private ErasureState take(Erasure erasure) {
        ErasureState known = store().erase(erasure);
        if (known == ErasureState.REQUESTED) {
            sweep.want(erasure, progress.coveredOffset(shard()));
        }
        return known;
    }

    /** Takes an entry over; one that says less than is known must not stay the newest, or who restores it knows less. */
    private void takeNew(Erasure erasure, long now) {
        ErasureState known = take(erasure);
        if (known != ErasureState.of(erasure)) {
            forward(erasure.getAnnotatorId(), store().owed().known(erasure, known), now, children.erasures());
        }
    }

    private void sendTombstones(long now) {
        sweep.begin(keyLog, shard(), now);
        try {
            sweep.look(now);
        } catch (IllegalStateException e) {
            failed.increment();
            LOG.atWarn()
                    .addKeyValue("commandId", String.join(",", sweep.commandIds()))
                    .addKeyValue("failures", sweep.failures())
                    .setCause(e)
                    .log("looking for erased annotators' keys failed, beginning again");
        }
        sweep.commandIds().forEach(id -> store().owed().searching(id, sweep.failures() < FAILURES_ON_END));
        List<ComparisonKey> keys = sweep.next(MOST_TOMBSTONES);
        keys.forEach(key -> forward(key, null, now, children.tombstones()));
        for (KeySweep.Swept done : sweep.done()) {
            Erasure entry = Erasure.newBuilder(done.erasure())
                    .setState(ErasureState.SWEPT.name())
                    .setTombstones((long) done.keys())
                    .build();
            if (store().erase(entry) == ErasureState.SWEPT) { // What has its receipt meanwhile is done with.
                forward(
                        entry.getAnnotatorId(),
                        store().owed().known(entry, ErasureState.SWEPT),
                        now,
                        children.erasures());
            }
            swept.increment();
        }
        if (!keys.isEmpty()) {
            context().commit(); // A transaction holds so many, however many there are.
        }
    }

    private int shard() {
        return context().taskId().partition();
    }

    private void forward(Object key, @Nullable Object value, long now, String child) {
        context().forward(new Record<>(key, value, now), child);
    }

    @Override
    public void close() {
        sweep.clear();
    }

    private KeyValueStore<byte[], byte[]> denied() {
        return context().getStateStore(denyStore);
    }

    private ShardStore store() {
        return context().getStateStore(shardStore);
    }
}
