package dev.assay.streams.wire.registry;

import dev.assay.streams.patience.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Schemas by id as the registry told them once; the same object for the same id, which Avro keeps its resolution by. An id it
 * did not know is asked for again after a while: it may have been registered with another node a moment ago. Forgets all when
 * it knows a thousand, which only somebody who sends nonsense makes it.
 */
final class KnownSchemas {
    private static final int MOST = 1000;
    private static final long UNKNOWN_FOR_NANOS = Duration.ofSeconds(10).toNanos();

    private final SchemaRegistry registry;
    private final Patience patience;
    private final Map<Integer, Schema> known = new ConcurrentHashMap<>();
    private final Map<Integer, Long> unknownSinceNanos = new ConcurrentHashMap<>();

    KnownSchemas(SchemaRegistry registry, Patience patience) {
        this.registry = registry;
        this.patience = patience;
    }

    /** @return null if the registry knows none of that id */
    @Nullable
    Schema find(int id) {
        Schema schema = known.get(id);
        return schema == null ? asked(id) : schema;
    }

    private @Nullable Schema asked(int id) {
        if (id < 0) {
            return null; // No registry gives such a one, and some call the question nonsense.
        }
        Long since = unknownSinceNanos.get(id);
        if (since != null && patience.nanos() - since < UNKNOWN_FOR_NANOS) {
            return null;
        }
        Optional<Schema> found = registry.schema(id);
        if (found.isEmpty()) {
            bounded(unknownSinceNanos).put(id, patience.nanos());
            return null;
        }
        unknownSinceNanos.remove(id);
        Schema before = bounded(known).putIfAbsent(id, found.get());
        return before == null ? found.get() : before;
    }

    private static <V> Map<Integer, V> bounded(Map<Integer, V> map) {
        if (map.size() >= MOST) {
            map.clear();
        }
        return map;
    }
}
