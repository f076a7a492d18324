package dev.assay.lab.chaos;

import dev.assay.service.topics.Clients;
import dev.assay.service.topics.Offsets;
import dev.assay.streams.Deployment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Does after a minute what retention does after a month: judgments and reports that have been read are deleted. */
final class Expiry {
    /** Longer than a transaction hangs and until, because of it, judgments of before are read again. */
    private static final Duration STAYS = Duration.ofMinutes(1);

    private final Deployment deployment;
    private final Set<String> topics;
    private final InstantSource clock;

    /** @param clock as the brokers' */
    Expiry(Deployment deployment, InstantSource clock) {
        this.deployment = deployment;
        this.clock = clock;
        topics = Set.of(
                deployment.topics().judgments().name(),
                deployment
                        .topics()
                        .shardReports(deployment.shape().parameters())
                        .name());
    }

    void expire() throws ExecutionException, InterruptedException {
        try (Admin admin = Clients.admin(deployment)) {
            Map<TopicPartition, Long> ends = new HashMap<>(Offsets.consumed(admin, deployment));
            ends.keySet().removeIf(partition -> !topics.contains(partition.topic()));
            OffsetSpec young =
                    OffsetSpec.forTimestamp(clock.instant().minus(STAYS).toEpochMilli());
            admin.listOffsets(ends.keySet().stream().collect(Collectors.toMap(each -> each, each -> young)))
                    .all()
                    .get()
                    .forEach((partition, first) -> {
                        if (first.offset() >= 0) { // as Kafka says where none is young
                            ends.merge(partition, first.offset(), Math::min);
                        }
                    });
            admin.deleteRecords(ends.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, end -> RecordsToDelete.beforeOffset(end.getValue()))))
                    .all()
                    .get();
        }
    }
}
