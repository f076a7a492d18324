package dev.assay.cli;

import dev.assay.streams.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Where the committed records of a topic end. A log's own end is no such place: the marks of transactions have offsets too,
 * and nobody who follows the records ever reaches those behind the last one.
 */
final class DataEnds {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LOOK_BACK = 64;

    private DataEnds() {}

    /** @return for each partition the offset after its last committed record; 0 where there is none */
    static List<Long> of(Deployment deployment, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(deployment)) {
            return IntStream.range(0, consumer.partitionsFor(topic).size())
                    .mapToObj(partition -> end(consumer, new TopicPartition(topic, partition)))
                    .toList();
        }
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        long first = only(consumer.beginningOffsets(one));
        long stable = only(consumer.endOffsets(one));
        for (long back = LOOK_BACK; ; back *= 8) {
            long from = Math.max(first, stable - back);
            long end = lastIn(consumer, partition, from, stable);
            if (end > 0 || from == first) {
                return end;
            }
        }
    }

    private static long only(Map<TopicPartition, Long> offsets) {
        return offsets.values().iterator().next();
    }

    private static long lastIn(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, long stable) {
        consumer.seek(partition, from);
        long end = 0;
        while (consumer.position(partition) < stable) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                end = record.offset() + 1;
            }
        }
        return end;
    }
}
