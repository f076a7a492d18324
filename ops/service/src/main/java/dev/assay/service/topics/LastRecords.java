package dev.assay.service.topics;

import dev.assay.streams.Deployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the committed records of a topic end. A partition's end offset also counts what no reader ever sees, the markers
 * of transactions and the records of aborted ones, so nobody who counts records gets there.
 */
public final class LastRecords {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long FIRST_STEP = 16;
    private static final long GROWTH = 8;

    private LastRecords() {}

    /** @return for each partition, in order, the offset after its last committed record; 0 where there is none */
    public static List<Long> of(Deployment deployment, String topic) {
        List<Long> after = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(deployment)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .sorted(Comparator.comparingInt(TopicPartition::partition))
                    .toList();
            for (TopicPartition partition : partitions) {
                after.add(afterLast(consumer, partition));
            }
        }
        return after;
    }

    /** @return whether whoever has covered {@code covered} has read all records that end at {@code ends} */
    public static boolean covers(List<Long> covered, List<Long> ends) {
        return covered.size() == ends.size()
                && IntStream.range(0, ends.size()).allMatch(i -> covered.get(i) >= ends.get(i));
    }

    /** Looks back in growing steps: a record is nearly always among the last few offsets. */
    private static long afterLast(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        List<TopicPartition> alone = List.of(partition);
        consumer.assign(alone);
        long begin = consumer.beginningOffsets(alone).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(alone).getOrDefault(partition, 0L);
        long from = end;
        long last = 0;
        for (long step = FIRST_STEP; last == 0 && from > begin; step *= GROWTH) {
            from = Math.max(begin, end - step);
            consumer.seek(partition, from);
            while (consumer.position(partition) < end) {
                for (var record : consumer.poll(POLL).records(partition)) {
                    if (record.offset() < end) {
                        last = Math.max(last, record.offset() + 1);
                    }
                }
            }
        }
        return last;
    }
}
