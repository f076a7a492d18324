package dev.assay.service.topics;

import dev.assay.schemas.Topic;
import dev.assay.streams.Deployment;
import dev.assay.streams.TopicMismatchException;
import dev.assay.streams.TopicSetup;
import dev.assay.streams.patience.Patience;
import dev.assay.streams.patience.Tries;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The command's own Kafka clients, all with the deployment's {@code kafka} settings. */
public final class Clients {
    private static final Logger LOG = LoggerFactory.getLogger(Clients.class);
    private static final Duration TRY_FOR = Duration.ofSeconds(10);

    private Clients() {}

    /** A client for questions about topics and groups. */
    public static Admin admin(Deployment deployment) {
        Map<String, Object> settings = settings(deployment);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TRY_FOR.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TRY_FOR.toMillis() / 2);
        return Admin.create(settings);
    }

    /** A producer of bytes whose records every in-sync copy has before they count as sent. */
    public static KafkaProducer<byte[], byte[]> producer(Deployment deployment) {
        return producer(deployment, Map.of());
    }

    /**
     * The same.
     *
     * @param more settings on top of the deployment's
     */
    public static KafkaProducer<byte[], byte[]> producer(Deployment deployment, Map<String, Object> more) {
        Map<String, Object> settings = settings(deployment);
        int largest = deployment.topics().all(deployment.shape().parameters()).stream()
                .mapToInt(Topic::maxMessageBytes)
                .max()
                .orElseThrow();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largest + 4096);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(33_554_432L, 2L * largest));
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 131_072);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer without a group: it reads what it is assigned, committed records only, and commits nothing. */
    public static KafkaConsumer<byte[], byte[]> consumer(Deployment deployment) {
        Map<String, Object> settings =
                TopicTail.settings(deployment.config().cluster().kafka());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A reader of all partitions of a topic, from its beginning. */
    public static TopicTail tail(Deployment deployment, String topic) {
        return TopicTail.of(consumer(deployment), topic);
    }

    /** Hands over every record that a topic has now. */
    public static void read(Deployment deployment, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (TopicTail tail = tail(deployment, topic)) {
            tail.readToEnd(each);
        }
    }

    /**
     * As {@link #setUpTopics}, but where no estimator ever ran nothing is created: a mistyped prefix is an error.
     *
     * @throws InvalidInputException if there is no such deployment
     */
    public static void requireTopics(Deployment deployment, Duration patience)
            throws TopicMismatchException, ExecutionException, InterruptedException, TimeoutException {
        String judgments = deployment.topics().judgments().name();
        await(deployment, patience, admin -> {
            if (!admin.listTopics().names().get().contains(judgments)) {
                throw new InvalidInputException("no deployment has topics.prefix '"
                        + deployment.topics().prefix() + "' there: topic " + judgments
                        + " does not exist; an estimator makes it");
            }
        });
        setUpTopics(deployment, patience);
    }

    /**
     * Creates and checks the deployment's topics, registers the schemas of their records, and waits for a broker and a
     * registry that are not there yet.
     *
     * @param patience how long to try
     * @throws TimeoutException if there is none at the address in time; the message says where and what to do
     * @throws dev.assay.streams.wire.registry.RegistryRefusedException if the registry refuses a schema
     */
    public static void setUpTopics(Deployment deployment, Duration patience)
            throws TopicMismatchException, ExecutionException, InterruptedException, TimeoutException {
        var topics = deployment.config().cluster().topics();
        await(
                deployment,
                patience,
                admin -> new TopicSetup(admin, deployment.topics(), topics.shards(), topics.replication())
                        .createAndCheck(deployment.shape().parameters()));
        registerSchemas(deployment, patience);
    }

    private static void registerSchemas(Deployment deployment, Duration patience)
            throws InterruptedException, TimeoutException {
        Tries tries = new Tries(Patience.system(), patience);
        while (true) {
            try {
                deployment.registerSchemas();
                return;
            } catch (RegistryUnavailableException e) {
                if (!tries.again()) {
                    throw new TimeoutException(e.getMessage() + ": start it, or set registry.url");
                }
            }
        }
    }

    /** What needs a broker that answers. */
    private interface TopicWork {
        void run(Admin admin) throws TopicMismatchException, ExecutionException, InterruptedException;
    }

    private static void await(Deployment deployment, Duration patience, TopicWork work)
            throws TopicMismatchException, ExecutionException, InterruptedException, TimeoutException {
        String address = deployment.config().cluster().kafka().get("bootstrap.servers");
        Tries tries = new Tries(Patience.system(), patience);
        while (true) {
            try (Admin admin = admin(deployment)) {
                work.run(admin);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
            }
            if (!tries.again()) {
                throw new TimeoutException("no Kafka broker answers at " + address + " within " + patience.toSeconds()
                        + " s: start one (assay broker), or set kafka.bootstrap.servers");
            }
            LOG.atWarn().addKeyValue("address", address).log("no Kafka broker answers, trying again");
        }
    }

    private static Map<String, Object> settings(Deployment deployment) {
        return new HashMap<>(deployment.config().cluster().kafka());
    }
}
