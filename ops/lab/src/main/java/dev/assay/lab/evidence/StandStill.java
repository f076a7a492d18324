package dev.assay.lab.evidence;

import dev.assay.service.topics.Clients;
import dev.assay.service.topics.Offsets;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where everything stood when a wait was given up: who had which partition, and how far each was read. */
public final class StandStill {
    private final List<String> lines = new ArrayList<>();

    private StandStill() {}

    /** @return a few lines; where the brokers do not answer, that is what they say */
    public static String of(Deployment deployment) throws InterruptedException {
        StandStill found = new StandStill();
        try (Admin admin = Clients.admin(deployment)) {
            String group = Role.group(deployment, "estimator");
            admin.describeConsumerGroups(List.of(group)).all().get().values().forEach(found::tell);
            found.tellOffsets(admin, deployment);
        } catch (ExecutionException e) {
            found.lines.add("the brokers do not say more: " + e.getCause());
        }
        return String.join("\n      ", found.lines);
    }

    private void tell(ConsumerGroupDescription group) {
        lines.add("group " + group.groupId() + " is " + group.groupState());
        for (MemberDescription member : group.members()) {
            lines.add(member.clientId() + " has "
                    + member.assignment().topicPartitions().stream()
                            .map(TopicPartition::toString)
                            .sorted()
                            .collect(Collectors.joining(" ")));
        }
    }

    private void tellOffsets(Admin admin, Deployment deployment) throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> read =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        read.putAll(Offsets.consumed(admin, deployment));
        Map<TopicPartition, OffsetSpec> latest =
                read.keySet().stream().collect(Collectors.toMap(one -> one, one -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> stable = ends(admin, latest, IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, ListOffsetsResultInfo> ends = ends(admin, latest, IsolationLevel.READ_UNCOMMITTED);
        read.forEach((partition, offset) -> lines.add(partition + " read to " + offset + " of "
                + Objects.requireNonNull(stable.get(partition)).offset() + ", all of it ends at "
                + Objects.requireNonNull(ends.get(partition)).offset()));
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ends(
            Admin admin, Map<TopicPartition, OffsetSpec> latest, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        return admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get();
    }
}
