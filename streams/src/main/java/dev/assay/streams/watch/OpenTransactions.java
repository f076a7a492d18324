package dev.assay.streams.watch;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions as the leaders of partitions know them: which are open in a partition, and how one is ended there. */
final class OpenTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(OpenTransactions.class);
    private static final String GROUPS = "__consumer_offsets"; // which transactions write to as well

    private OpenTransactions() {}

    /** @return those of the topics that there are, and the topic of groups */
    static Collection<TopicDescription> topics(Admin admin, Collection<String> topics)
            throws ExecutionException, InterruptedException {
        Set<String> present = new HashSet<>(topics);
        present.add(GROUPS);
        present.retainAll(admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get());
        return admin.describeTopics(present).allTopicNames().get().values();
    }

    /** @return the partitions that have a leader */
    static Set<TopicPartition> led(Collection<TopicDescription> topics) {
        return topics.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .filter(partition -> partition.leader() != null)
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
    }

    /** @return whether every partition has a leader */
    static boolean allLed(Collection<TopicDescription> topics) {
        return partitions(topics).stream().allMatch(partition -> partition.leader() != null);
    }

    /** @return whether some partition has a single copy: its leader's restart leaves it without one */
    static boolean someAlone(Collection<TopicDescription> topics) {
        return partitions(topics).stream()
                .anyMatch(partition -> partition.replicas().size() == 1);
    }

    private static List<TopicPartitionInfo> partitions(Collection<TopicDescription> topics) {
        return topics.stream().flatMap(topic -> topic.partitions().stream()).toList();
    }

    /** Ends it as aborted in this one partition, whatever its coordinator says. */
    static void abort(Admin admin, TopicPartition partition, ProducerState producer)
            throws ExecutionException, InterruptedException {
        admin.abortTransaction(new AbortTransactionSpec(
                        partition,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(-1)))
                .all()
                .get();
        LOG.atWarn()
                .addKeyValue("partition", partition)
                .addKeyValue("offset", producer.currentTransactionStartOffset().getAsLong())
                .log("a transaction that the broker had left open for ever is ended");
    }
}
