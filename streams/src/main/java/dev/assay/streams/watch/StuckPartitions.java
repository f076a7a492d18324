package dev.assay.streams.watch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Which partitions have stood still for too long: something is beyond the last stable offset, and that does not move. */
final class StuckPartitions {
    /**
     * Where a partition stands.
     *
     * @param offset the last stable offset: nobody who reads committed records sees that record or one behind it
     * @param sinceMillis when it was first seen there
     */
    record Place(long offset, long sinceMillis) {}

    private final long patienceMillis;
    private final Map<TopicPartition, Place> standing = new HashMap<>();

    /** @param patience how long an honest transaction may take */
    StuckPartitions(Duration patience) {
        patienceMillis = patience.toMillis();
    }

    /**
     * Takes in what the leaders say now.
     *
     * @param stable last stable offsets
     * @param ends of the same partitions
     * @return those that have stood still for longer than the patience, where they stand
     */
    Map<TopicPartition, Place> look(Map<TopicPartition, Long> stable, Map<TopicPartition, Long> ends, long nowMillis) {
        stable.forEach((partition, offset) -> {
            if (offset >= ends.getOrDefault(partition, offset)) {
                standing.remove(partition);
            } else {
                standing.compute(
                        partition,
                        (same, before) ->
                                before != null && before.offset() == offset ? before : new Place(offset, nowMillis));
            }
        });
        standing.keySet().retainAll(List.copyOf(stable.keySet()));
        Map<TopicPartition, Place> overdue = new HashMap<>(standing);
        overdue.values().removeIf(place -> nowMillis - place.sinceMillis() <= patienceMillis);
        return overdue;
    }
}
