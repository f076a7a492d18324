package dev.assay.service.topics;

import dev.assay.streams.Deployment;
import dev.assay.streams.tail.TopicTail;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the committed records of a topic end. A partition's end offset also counts what no reader ever sees, the markers
 * of transactions and the records of aborted ones, so nobody who counts records gets there.
 */
public final class LastRecords {
    private static final long FIRST_STEP = 16;

    private LastRecords() {}

    /** @return for each partition, in order, the offset after its last committed record; 0 where there is none */
    public static List<Long> of(Deployment deployment, String topic) {
        try (TopicTail tail = Clients.tail(deployment, topic)) {
            return tail.partitions().stream()
                    .sorted(Comparator.comparingInt(TopicPartition::partition))
                    .map(partition -> afterLast(tail, partition))
                    .toList();
        }
    }

    /** @return whether whoever has covered {@code covered} has read all records that end at {@code ends} */
    public static boolean covers(List<Long> covered, List<Long> ends) {
        return covered.size() == ends.size()
                && IntStream.range(0, ends.size()).allMatch(i -> covered.get(i) >= ends.get(i));
    }

    private static long afterLast(TopicTail tail, TopicPartition partition) {
        long[] after = {0};
        tail.lookBack(partition, FIRST_STEP, records -> {
            records.forEach(record -> after[0] = Math.max(after[0], record.offset() + 1));
            return after[0] > 0;
        });
        return after[0];
    }
}
