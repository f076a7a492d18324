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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * its tombstone. What was under way when the shard moved is begun again; tombstones may be sent twice.
 */
public final class EraseProcessor extends ContextualProcessor<byte[], byte[], Object, @Nullable Object> {
    private static final Logger LOG = LoggerFactory.getLogger(EraseProcessor.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final String denyStore;
    private final String shardStore;
    private final ShardProgress progress;
    private final KeyLog keyLog;
    private final Counter undecodable;
    private final Counter swept;
    private final Children children;
    private final Codec<Erasure> codec;
    private final Map<Erasure, KeyLog.Search> searches = new LinkedHashMap<>();

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
        this.children = children;
    }

    @Override
    public void init(ProcessorContext<Object, @Nullable Object> context) {
        super.init(context);
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
            decode(entry.key(), entry.value()).ifPresentOrElse(this::take, () -> sayAgain(entry));
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

    private void take(Erasure erasure) {
        store().erase(erasure);
        if (ErasureState.of(erasure) == ErasureState.REQUESTED) {
            searches.computeIfAbsent(erasure, this::search);
        }
    }

    private KeyLog.Search search(Erasure erasure) {
        int shard = context().taskId().partition();
        return keyLog.search(shard, progress.coveredOffset(shard), erasure.getAnnotatorId());
    }

    private void sendTombstones(long now) {
        for (Iterator<Map.Entry<Erasure, KeyLog.Search>> each =
                        searches.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<Erasure, KeyLog.Search> entry = each.next();
            Erasure erasure = entry.getKey();
            try {
                Optional<List<ComparisonKey>> keys = entry.getValue().keys();
                if (keys.isPresent()) {
                    keys.get().forEach(key -> forward(key, null, now, children.tombstones()));
                    forward(erasure.getAnnotatorId(), swept(erasure, keys.get().size()), now, children.erasures());
                    swept.increment();
                    each.remove();
                }
            } catch (IllegalStateException e) {
                LOG.atWarn()
                        .addKeyValue("commandId", erasure.getCommandId())
                        .setCause(e)
                        .log("looking for an erased annotator's keys failed, beginning again");
                entry.setValue(search(erasure));
            }
        }
    }

    private Erasure swept(Erasure erasure, int tombstones) {
        return new Erasure(
                erasure.getAnnotatorId(),
                erasure.getCommandId(),
                ErasureState.SWEPT.name(),
                erasure.getVersionBefore(),
                store().owedJudgments(erasure.getCommandId()),
                (long) tombstones,
                erasure.getRequestedAt());
    }

    private void forward(Object key, @Nullable Object value, long now, String child) {
        context().forward(new Record<>(key, value, now), child);
    }

    @Override
    public void close() {
        searches.values().forEach(KeyLog.Search::close);
        searches.clear();
    }

    private KeyValueStore<byte[], byte[]> denied() {
        return context().getStateStore(denyStore);
    }

    private ShardStore store() {
        return context().getStateStore(shardStore);
    }
}
