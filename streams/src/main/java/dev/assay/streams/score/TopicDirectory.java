package dev.assay.streams.score;

import dev.assay.streams.score.ReplyTopics.Destination;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/**
 * What the broker says of the topics clients have made for replies. One that a write would fail on is named as such: a failed
 * write is asked for again and again, and meanwhile nobody else's reply goes out.
 */
public final class TopicDirectory implements ReplyTopics.Directory, AutoCloseable {
    private final Supplier<Admin> admins;
    private @Nullable Admin admin;
    private boolean closed;

    /** @param admins makes the client, when first needed: most deployments never do */
    public TopicDirectory(Supplier<Admin> admins) {
        this.admins = admins;
    }

    @Override
    public synchronized CompletableFuture<Map<String, Destination>> list(String beginning) {
        if (closed) {
            return CompletableFuture.completedFuture(Map.of());
        }
        Admin open = admin == null ? admins.get() : admin;
        admin = open;
        return open.listTopics()
                .names()
                .toCompletionStage()
                .thenCompose(names -> describe(
                        open,
                        names.stream()
                                .filter(name -> name.startsWith(beginning))
                                .toList()))
                .toCompletableFuture();
    }

    private static CompletionStage<Map<String, Destination>> describe(Admin admin, List<String> names) {
        Map<String, Destination> found = new HashMap<>();
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        if (names.isEmpty()) {
            return all.thenApply(nothing -> found);
        }
        var descriptions = admin.describeTopics(names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        var configs = admin.describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .values();
        for (String name : names) {
            var description = Objects.requireNonNull(descriptions.get(name)).toCompletionStage();
            var config = Objects.requireNonNull(configs.get(new ConfigResource(ConfigResource.Type.TOPIC, name)))
                    .toCompletionStage();
            CompletionStage<Destination> judged = description
                    .thenCombine(config, TopicDirectory::judge)
                    .exceptionally(failure -> new Destination.Unusable(
                            "topic " + name + " cannot be described: " + failure.getMessage()));
            all = all.thenCombine(judged, (nothing, destination) -> {
                found.put(name, destination);
                return null;
            });
        }
        return all.thenApply(nothing -> found);
    }

    static Destination judge(TopicDescription topic, Config config) {
        String cleanup = config.get("cleanup.policy").value();
        if (!cleanup.equals("delete")) { // A compacted one takes no record without a key.
            return unusable(topic, "must have cleanup.policy delete, has " + cleanup);
        }
        int copies = Integer.parseInt(config.get("min.insync.replicas").value());
        for (TopicPartitionInfo partition : topic.partitions()) {
            if (partition.leader() == null || partition.leader().isEmpty()) {
                return unusable(topic, "must have a leader for partition " + partition.partition() + ", has none");
            }
            if (partition.isr().size() < copies) {
                return unusable(
                        topic,
                        "must have min.insync.replicas, " + copies + ", in sync for partition " + partition.partition()
                                + ", has " + partition.isr().size());
            }
        }
        var may = topic.authorizedOperations();
        if (may != null && !may.contains(AclOperation.WRITE) && !may.contains(AclOperation.ALL)) {
            return unusable(topic, "must allow the scoring worker to write, allows " + may);
        }
        return new Destination.Usable(
                topic.name(), Integer.parseInt(config.get("max.message.bytes").value()));
    }

    private static Destination unusable(TopicDescription topic, String what) {
        return new Destination.Unusable("topic " + topic.name() + " of header " + ReplyTopics.HEADER + " " + what);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close();
        }
    }
}
