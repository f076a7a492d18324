package dev.assay.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.admit.ComparisonKey;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PartitioningTest {
    @Test
    void anyProducerThatKeysByAnnotatorAgrees() {
        assertThat(IntStream.range(0, 1000).mapToObj(i -> "annotator-é-" + i))
                .allSatisfy(annotator -> assertThat(Partitioning.of(annotator, 7))
                        .isEqualTo(BuiltInPartitioner.partitionForKey(annotator.getBytes(StandardCharsets.UTF_8), 7)));
    }

    @Test
    void anAnnotatorsComparisonsShareAPartition() {
        var partitioner = Partitioning.<String>byAnnotator();
        var one = partitioner.partitions("topic", new ComparisonKey("a", "j1"), "v", 5);
        assertThat(partitioner.partitions("topic", new ComparisonKey("a", "j2"), "v", 5))
                .isEqualTo(one);
    }
}
