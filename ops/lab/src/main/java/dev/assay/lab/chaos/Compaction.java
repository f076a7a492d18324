package dev.assay.lab.chaos;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Does in seconds what compaction does in a week: of each key of a compacted topic only the newest record stays. */
final class Compaction implements Breakage {
    /** A tombstone stays longer than any reader is away here: one that it has missed it would never hear of. */
    private static final int TOMBSTONES_STAY_MILLIS = 45_000;

    private static final Map<String, String> AT_ONCE = Map.of(
            TopicConfig.SEGMENT_MS_CONFIG, "1000",
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, "1000",
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.01",
            TopicConfig.DELETE_RETENTION_MS_CONFIG, Integer.toString(TOMBSTONES_STAY_MILLIS));

    private final Supplier<Admin> admins;
    private final String prefix;
    private final Map<ConfigResource, Collection<AlterConfigOp>> back = new HashMap<>();

    /** @param prefix of the topics, those of Kafka Streams included */
    Compaction(Supplier<Admin> admins, String prefix) {
        this.admins = admins;
        this.prefix = prefix;
    }

    @Override
    public void begin(int topic) throws ExecutionException, InterruptedException {
        try (Admin admin = admins.get()) {
            Map<ConfigResource, Collection<AlterConfigOp>> atOnce = new HashMap<>();
            compacted(admin).forEach((name, config) -> {
                List<AlterConfigOp> forth = new ArrayList<>();
                List<AlterConfigOp> undone = new ArrayList<>();
                AT_ONCE.forEach((key, value) -> {
                    forth.add(new AlterConfigOp(new ConfigEntry(key, value), OpType.SET));
                    undone.add(asBefore(config.get(key)));
                });
                atOnce.put(name, forth);
                back.put(name, undone);
            });
            admin.incrementalAlterConfigs(atOnce).all().get();
        }
    }

    @Override
    public void end(int topic) throws ExecutionException, InterruptedException {
        try (Admin admin = admins.get()) {
            admin.incrementalAlterConfigs(back).all().get();
            back.clear();
        }
    }

    private Map<ConfigResource, Config> compacted(Admin admin) throws ExecutionException, InterruptedException {
        List<ConfigResource> own = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> found =
                new HashMap<>(admin.describeConfigs(own).all().get());
        found.values()
                .removeIf(config -> !config.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                        .value()
                        .contains(TopicConfig.CLEANUP_POLICY_COMPACT));
        return found;
    }

    private static AlterConfigOp asBefore(ConfigEntry entry) {
        boolean own = entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
        return new AlterConfigOp(
                new ConfigEntry(entry.name(), own ? entry.value() : null), own ? OpType.SET : OpType.DELETE);
    }
}
