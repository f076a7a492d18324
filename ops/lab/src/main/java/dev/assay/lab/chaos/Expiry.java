package dev.assay.lab.chaos;

import dev.assay.service.topics.Clients;
import dev.assay.service.topics.Offsets;
import dev.assay.streams.Deployment;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * Does in a minute what retention does in a month: judgments and reports that had been read when it began are gone when it
 * ends. In between is longer than a transaction may hang, after which judgments are read again.
 */
final class Expiry implements Breakage {
    private final Deployment deployment;
    private final Set<String> topics;
    private Map<TopicPartition, Long> read = Map.of();

    Expiry(Deployment deployment) {
        this.deployment = deployment;
        topics = Set.of(
                deployment.topics().judgments().name(),
                deployment
                        .topics()
                        .shardReports(deployment.shape().parameters())
                        .name());
    }

    @Override
    public void begin(int topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Clients.admin(deployment)) {
            read = Offsets.consumed(admin, deployment);
            read.keySet().removeIf(partition -> !topics.contains(partition.topic()));
        }
    }

    @Override
    public void end(int topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Clients.admin(deployment)) {
            admin.deleteRecords(read.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, offset -> RecordsToDelete.beforeOffset(offset.getValue()))))
                    .all()
                    .get();
        }
    }
}
