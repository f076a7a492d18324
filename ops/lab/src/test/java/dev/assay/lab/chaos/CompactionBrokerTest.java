package dev.assay.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.lab.process.BrokerCluster;
import dev.assay.lab.process.Children;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The step that compacts does what compaction does, and leaves the topic as it was. */
@Tag("broker")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CompactionBrokerTest {
    private static final String TOPIC = "t.compacted";
    private static final int KEYS = 10;
    private static final int RECORDS = 1_000;
    private static final Map<String, String> SETTINGS = Map.of("cleanup.policy", "compact", "segment.ms", "86400000");

    @TempDir
    Path folder;

    private Children children;
    private BrokerCluster brokers;

    @BeforeEach
    void start() throws Exception {
        children = new Children();
        brokers = new BrokerCluster(children, folder, 1, 1, false);
        brokers.await(Duration.ofMinutes(2));
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1).configs(SETTINGS)))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void stop() {
        children.close();
    }

    @Test
    void ofEachKeyOnlyTheNewestRecordStaysAndTheTopicIsSetAsBefore() throws Exception {
        Map<String, String> before = own();
        Compaction compaction = new Compaction(this::admin, "t.");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(clients(), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(TOPIC, "k" + i % KEYS, "v" + i))
                        .get();
            }
            compaction.begin(0);
            // A segment is closed by the next record that comes, and the open one is never cleaned.
            for (int i = RECORDS; standing() > RECORDS / 2; i++) {
                producer.send(new ProducerRecord<>(TOPIC, "k" + i % KEYS, "v" + i))
                        .get();
            }
        }
        compaction.end(0);
        assertThat(own()).isEqualTo(before);
    }

    private int standing() {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(clients(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            int records = 0;
            while (consumer.position(partition) < end) {
                records += consumer.poll(Duration.ofMillis(100)).count();
            }
            return records;
        }
    }

    /** What was set for this topic alone. */
    private Map<String, String> own() throws ExecutionException, InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
        try (Admin admin = admin()) {
            Config config = Objects.requireNonNull(
                    admin.describeConfigs(List.of(topic)).all().get().get(topic));
            return config.entries().stream()
                    .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        }
    }

    private Admin admin() {
        return Admin.create(clients());
    }

    private Map<String, Object> clients() {
        return Map.of("bootstrap.servers", brokers.bootstrapServers());
    }
}
