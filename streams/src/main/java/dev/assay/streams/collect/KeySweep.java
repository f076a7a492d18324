package dev.assay.streams.collect;

import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.descend.Erasure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a shard's erasures, found and handed out. One reading of the partition at a time, for all who are to be erased
 * when it begins; who comes later waits for the next. An erasure that is asked for again is not begun again. A reading that
 * fails is begun again after a pause that grows with every failure on end.
 */
final class KeySweep {
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final int MOST_DOUBLINGS = 5;

    private final Map<String, Wanted> waiting = new LinkedHashMap<>(); // by command
    private final Map<String, Wanted> sought = new LinkedHashMap<>();
    private final Deque<ComparisonKey> found = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>(); // keys found, by annotator
    private KeyLog.@Nullable Search search;
    private int failures;
    private long notBeforeMillis;

    /** @param end offset from which on the shard refuses the annotator's comparisons */
    private record Wanted(Erasure erasure, long end) {}

    /** An erasure all of whose keys were handed out. */
    record Swept(Erasure erasure, int keys) {}

    /** @param end offset from which on the shard refuses the annotator's comparisons */
    void want(Erasure erasure, long end) {
        if (!sought.containsKey(erasure.getCommandId())) {
            waiting.putIfAbsent(erasure.getCommandId(), new Wanted(erasure, end));
        }
    }

    /** Begins to read if somebody waits and nothing is read, or still handed out. */
    void begin(KeyLog keyLog, int shard, long nowMillis) {
        if (waiting.isEmpty() || !sought.isEmpty() || nowMillis < notBeforeMillis) {
            return;
        }
        sought.putAll(waiting);
        waiting.clear();
        Map<String, Long> ends = new HashMap<>();
        sought.values().forEach(wanted -> ends.merge(wanted.erasure().getAnnotatorId(), wanted.end(), Math::max));
        search = keyLog.search(shard, ends);
    }

    /**
     * Takes over what was read, once all is.
     *
     * @throws IllegalStateException if reading failed; it is begun again after a while
     */
    void look(long nowMillis) {
        if (search == null) {
            return;
        }
        try {
            Optional<List<ComparisonKey>> keys = search.keys();
            if (keys.isEmpty()) {
                return;
            }
            found.addAll(keys.get());
            keys.get().forEach(key -> counts.merge(String.valueOf(key.getAnnotatorId()), 1, Integer::sum));
            failures = 0;
            closeSearch();
        } catch (IllegalStateException e) {
            closeSearch();
            notBeforeMillis = nowMillis + (FIRST_PAUSE_MILLIS << Math.min(failures, MOST_DOUBLINGS));
            failures++;
            sought.forEach(waiting::putIfAbsent);
            sought.clear();
            throw e;
        }
    }

    /** How often reading has failed on end. */
    int failures() {
        return failures;
    }

    /** The commands whose keys are not all handed out. */
    List<String> commandIds() {
        List<String> ids = new ArrayList<>(sought.keySet());
        ids.addAll(waiting.keySet());
        return ids;
    }

    /** Takes at most so many keys away. */
    List<ComparisonKey> next(int most) {
        List<ComparisonKey> keys = new ArrayList<>(Math.min(most, found.size()));
        while (keys.size() < most && !found.isEmpty()) {
            keys.add(found.remove());
        }
        return keys;
    }

    /** Takes away the erasures that are done with, once nothing is read or to be handed out. */
    List<Swept> done() {
        if (search != null || !found.isEmpty() || sought.isEmpty()) {
            return List.of();
        }
        List<Swept> done = sought.values().stream()
                .map(Wanted::erasure)
                .map(erasure -> new Swept(erasure, counts.getOrDefault(erasure.getAnnotatorId(), 0)))
                .toList();
        sought.clear();
        counts.clear();
        return done;
    }

    /** Forgets all. */
    void clear() {
        closeSearch();
        waiting.clear();
        sought.clear();
        found.clear();
        counts.clear();
        failures = 0;
        notBeforeMillis = 0;
    }

    private void closeSearch() {
        if (search != null) {
            search.close();
            search = null;
        }
    }
}
