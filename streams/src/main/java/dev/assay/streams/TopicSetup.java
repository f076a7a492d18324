package dev.assay.streams;

import dev.assay.schemas.Topic;
import dev.assay.schemas.Topic.Partitions;
import dev.assay.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics that are missing and checks those that are there: a wrong number of partitions would tear
 * annotators apart, a wrong clean-up policy would lose judgments. What can be mended without losing anything, whose time
 * records bear, is mended. Returns when every partition can be written.
 *
 * @param admin to ask and to create with
 * @param topics the catalogue
 * @param shards partitions of sharded topics
 * @param replication replicas of topics created here
 */
public record TopicSetup(Admin admin, Topics topics, int shards, short replication) {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

    /**
     * Creates and checks.
     *
     * @param parameters p, which decides the size limit of topics that carry matrices
     * @throws TopicMismatchException if a topic is there and is not what it must be; names topic, setting, bound, value
     * @throws ExecutionException if the broker refuses or cannot be reached; the cause says which
     */
    public void createAndCheck(int parameters) throws TopicMismatchException, ExecutionException, InterruptedException {
        List<Topic> all = topics.all(parameters);
        Set<String> present = admin.listTopics().names().get();
        List<NewTopic> missing = all.stream()
                .filter(topic -> !present.contains(topic.name()))
                .map(topic -> new NewTopic(topic.name(), partitionsOf(topic), replication).configs(topic.settings()))
                .toList();
        try {
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) { // Another instance was quicker.
                throw e;
            }
        }
        check(all);
        awaitLeaders(all);
    }

    /**
     * A topic that was just created may be described before its leaders serve. A producer that is too early has its first
     * batch refused and its second accepted, after which the broker takes the first for out of order, for ever.
     */
    private void awaitLeaders(List<Topic> all) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = all.stream()
                .flatMap(topic -> IntStream.range(0, partitionsOf(topic))
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        admin.listOffsets(ends).all().get(); // Asks the leaders, and again until each answers.
    }

    private void check(List<Topic> all) throws TopicMismatchException, ExecutionException, InterruptedException {
        List<String> names = all.stream().map(Topic::name).toList();
        Map<String, TopicDescription> descriptions =
                admin.describeTopics(names).allTopicNames().get();
        Map<ConfigResource, Config> settings = admin.describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .collect(Collectors.toSet()))
                .all()
                .get();
        List<String> mismatches = new ArrayList<>();
        for (Topic topic : all) {
            TopicDescription description = Objects.requireNonNull(descriptions.get(topic.name()));
            Config config =
                    Objects.requireNonNull(settings.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name())));
            mismatches.addAll(mismatches(topic, description.partitions().size(), config));
            if (!config.get(Topic.TIMESTAMPS).value().equals(topic.settings().get(Topic.TIMESTAMPS))) {
                mendTimestamps(topic).ifPresent(mismatches::add);
            }
        }
        if (!mismatches.isEmpty()) {
            throw new TopicMismatchException(String.join("\n", mismatches));
        }
    }

    /** @return what is wrong with the topic, if it is not to be mended from here */
    private Optional<String> mendTimestamps(Topic topic) throws InterruptedException {
        String wanted = topic.settings().get(Topic.TIMESTAMPS);
        try {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry(Topic.TIMESTAMPS, wanted), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            LOG.atInfo().addKeyValue("topic", topic.name()).log("records get the broker's time from now on");
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of("topic " + topic.name() + " must have " + Topic.TIMESTAMPS + " " + wanted
                    + ", and altering it was refused ("
                    + Objects.requireNonNull(e.getCause()).getMessage()
                    + "): records that claim a time past their retention would be deleted unread."
                    + " kafka-configs.sh --alter --entity-type topics --entity-name " + topic.name()
                    + " --add-config " + Topic.TIMESTAMPS + "=" + wanted);
        }
    }

    private List<String> mismatches(Topic topic, int partitions, Config config) {
        List<String> found = new ArrayList<>();
        if (partitions != partitionsOf(topic)) {
            found.add("topic " + topic.name() + " must have " + partitionsOf(topic)
                    + " partitions (topics.shards), has " + partitions
                    + (topic.partitions() == Partitions.SHARDED
                            ? "; assay reshard moves to another number, and after it topics.shards names that"
                            : ""));
        }
        String cleanup = config.get("cleanup.policy").value();
        String wanted = topic.settings().get("cleanup.policy");
        if (!cleanup.equals(wanted)) {
            found.add("topic " + topic.name() + " must have cleanup.policy " + wanted + ", has " + cleanup);
        }
        int limit = Integer.parseInt(config.get("max.message.bytes").value());
        if (limit < topic.maxMessageBytes()) {
            found.add("topic " + topic.name() + " must have max.message.bytes of at least " + topic.maxMessageBytes()
                    + ", has " + limit);
        }
        return found;
    }

    private int partitionsOf(Topic topic) {
        return topic.partitions() == Partitions.SHARDED ? shards : 1;
    }
}
