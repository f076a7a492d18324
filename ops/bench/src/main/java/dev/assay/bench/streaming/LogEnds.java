package dev.assay.bench.streaming;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** How much has been written to topics, by the ends of their logs: records, and markers of transactions. */
final class LogEnds implements AutoCloseable {
    private final Admin admin;

    LogEnds(Cluster cluster) {
        admin = Admin.create(cluster.settings());
    }

    long sum(List<String> topics) {
        try {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(topics).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(p -> latest.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
            }
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether an application writes in transactions. */
    boolean transactional(String applicationId) throws ExecutionException, InterruptedException {
        return admin.listTransactions().all().get().stream()
                .anyMatch(transaction -> transaction.transactionalId().startsWith(applicationId));
    }

    @Override
    public void close() {
        admin.close();
    }
}
