package dev.assay.streams;

import dev.assay.schemas.Topic;
import dev.assay.streams.collect.ShardProgress;
import dev.assay.streams.collect.TopicKeyLog;
import dev.assay.streams.descend.TopicErasureLog;
import dev.assay.streams.quarantine.ProcessingQuarantine;
import dev.assay.streams.score.LostReplies;
import dev.assay.streams.score.NewestModel;
import dev.assay.streams.score.ReplyTopics;
import dev.assay.streams.watch.Leftovers;
import dev.assay.streams.watch.ReadAgain;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A role of a deployment running on Kafka Streams in this process: the estimator or a scorer.
 *
 * <p>An estimator runs exactly once: Kafka's transactions keep an instance that was taken for dead from writing what is out
 * of date. A scorer's answers are pure, at-least-once is enough. Nothing of a role is durable but its topics; what is on disk
 * is a name, by which the next process ends what one that was killed had begun.
 */
public final class Role implements MeterBinder, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Role.class);
    private static final String ESTIMATOR = "estimator";
    private static final int TRANSACTION_THAT_WAITS_MILLIS = 120_000;
    private static final int STREAMS_TIMEOUT_MILLIS = 10_000; // of exactly once, unless told otherwise
    /**
     * Longer than the restart of a broker, where each partition is on one only: one that comes back and finds the time over may
     * leave the transaction open for ever (KAFKA-20734). Where a copy leads meanwhile, that does not happen.
     */
    private static final int OUTLASTS_RESTART_MILLIS = 60_000;

    /**
     * A thread may be away from its group that long, before its partitions go to others; until then a process that hangs keeps
     * them, so it is not Kafka's 5 min. The longest that it is away by right: two sends in one record's work, each of which may
     * wait a minute for brokers that are away.
     */
    private static final int POLL_WITHIN_MILLIS = 120_000;
    /** Streams asks again after half of it at the latest, and another record may then wait a minute and a half by itself. */
    private static final int POLL_THAT_WAITS_WITHIN_MILLIS = 180_000;

    private static final int LOST_AFTER_MILLIS = 15_000;
    private static final int ASK_AGAIN_MILLIS = 5_000;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final ProcessSlot slot;
    private final ReadAgain again;
    private final KafkaStreamsMetrics figures;
    private final RoleWatch watch;

    private Role(KafkaStreams streams, ProcessSlot slot, ReadAgain again, RoleWatch watch) {
        this.streams = streams;
        this.slot = slot;
        this.again = again;
        this.watch = watch;
        figures = new KafkaStreamsMetrics(streams);
    }

    /** Starts an estimator: admit, collect, descend, publish. */
    public static Role estimator(Deployment deployment, MeterRegistry meters) {
        ShardProgress progress = new ShardProgress(PreferenceTopology.SHARD_STORE);
        Topology topology = PreferenceTopology.build(
                deployment,
                progress,
                new TopicKeyLog(
                        deployment.config().cluster().kafka(),
                        deployment.topics().comparisons().name()),
                new TopicErasureLog(deployment.config().cluster().kafka(), deployment.topics(), deployment.wire()),
                meters);
        return start(ESTIMATOR, topology, deployment, progress, meters);
    }

    /**
     * Starts a scoring worker.
     *
     * @param newest answered from
     * @param directory says which topics clients have made for replies
     */
    public static Role scorer(
            Deployment deployment, NewestModel newest, ReplyTopics.Directory directory, MeterRegistry meters) {
        ReplyTopics replyTopics = new ReplyTopics(deployment.topics(), directory, System::nanoTime);
        Topology topology = ScoreTopology.build(deployment, newest, replyTopics, meters);
        return start("scorer", topology, deployment, new ShardProgress("none"), meters);
    }

    private static Role start(
            String name, Topology topology, Deployment deployment, ShardProgress progress, MeterRegistry meters) {
        String group = group(deployment, name);
        ProcessSlot slot = ProcessSlot.claim(
                Path.of(System.getProperty("java.io.tmpdir"), "assay-" + System.getProperty("user.name"), group));
        Properties settings = settings(name, deployment, slot.folder(), meters);
        if (!name.equals(ESTIMATOR)) {
            settings.put(LostReplies.LOST, meters.counter("score.replies.lost"));
        }
        ReadAgain again = new ReadAgain(deployment.topics().judgments().name());
        Leftovers leftovers = new Leftovers(
                () -> Admin.create(Map.copyOf(deployment.config().cluster().kafka())),
                topicsOfTransactions(deployment),
                meters);
        KafkaStreams streams = new KafkaStreams(
                topology,
                settings,
                new NamedTransactions(
                        group + "-" + slot.identity(),
                        again,
                        () -> new Backpressure(
                                deployment.topics().judgments().name(),
                                deployment.topics().comparisons().name()),
                        leftovers));
        streams.setGlobalStateRestoreListener(progress);
        RoleWatch watch = new RoleWatch(
                deployment.config().threads(),
                Duration.ofMillis(
                        Long.parseLong(String.valueOf(settings.get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)))));
        streams.setUncaughtExceptionHandler(failure -> {
            watch.failed(failure);
            LOG.atError().addKeyValue("role", name).setCause(failure).log("stream thread failed, replacing it");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streams.start();
        watch.follow(streams);
        return new Role(streams, slot, again, watch);
    }

    /** @return whether the role is assigned, restored and working */
    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** @return whether the role has failed for good */
    public boolean failed() {
        return streams.state() == KafkaStreams.State.ERROR;
    }

    /** @return asks it to read partitions of its own again */
    public ReadAgain readAgain() {
        return again;
    }

    /** @return why the role will not get on by itself, and a restart is due; empty: it gets on */
    public List<String> dead() {
        return watch.dead();
    }

    /** @return what is wrong with it; empty: nothing */
    public List<String> wrong() {
        return watch.wrong();
    }

    /** Shows what Kafka itself measures of this role: its clients, threads, tasks and stores. */
    @Override
    public void bindTo(MeterRegistry meters) {
        figures.bindTo(meters);
        TimeGauge.builder("role.lag.growing", watch, TimeUnit.SECONDS, RoleWatch::lagGrowingSeconds)
                .description("For how long what waits has been growing; 0: it does not")
                .register(meters);
    }

    /** Leaves the group at once, so that a restart need not wait for the session to time out. */
    @Override
    public void close() {
        watch.close();
        figures.close();
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_WITHIN));
        slot.close();
    }

    /** @return all that an estimator's transactions write to, also the topic that Kafka Streams makes for it */
    public static List<String> topicsOfTransactions(Deployment deployment) {
        return Stream.concat(
                        deployment.topics().all(deployment.shape().parameters()).stream()
                                .map(Topic::name),
                        Stream.of(group(deployment, ESTIMATOR) + "-" + PreferenceTopology.MEMORY_STORE + "-changelog"))
                .toList();
    }

    /** @return the consumer group of a role */
    public static String group(Deployment deployment, String name) {
        return deployment.topics().prefix() + deployment.model() + "." + name;
    }

    /** @return how long the broker lets a transaction of an estimator stay open */
    public static Duration transactionTimeout(Deployment deployment) {
        Map<String, String> given = deployment.config().cluster().kafka();
        String setting = ProducerConfig.TRANSACTION_TIMEOUT_CONFIG;
        String millis =
                given.get(StreamsConfig.producerPrefix(setting)); // before ours, which is before one for all clients
        if (millis == null) {
            millis = waits(deployment)
                    ? Integer.toString(TRANSACTION_THAT_WAITS_MILLIS)
                    : given.getOrDefault(
                            setting,
                            Integer.toString(
                                    singleCopies(deployment) ? OUTLASTS_RESTART_MILLIS : STREAMS_TIMEOUT_MILLIS));
        }
        return Duration.ofMillis(Long.parseLong(millis));
    }

    /** Whether a judgment may wait for an embedding server or a registry, and others of its transaction with it. */
    private static boolean waits(Deployment deployment) {
        return deployment.config().features() instanceof EmbeddingsConfig
                || deployment.config().cluster().registry().url() != null;
    }

    private static boolean singleCopies(Deployment deployment) {
        return deployment.config().cluster().topics().replication() == 1;
    }

    static Properties settings(String name, Deployment deployment, Path stateFolder, MeterRegistry meters) {
        int largest = deployment.topics().all(deployment.shape().parameters()).stream()
                .mapToInt(Topic::maxMessageBytes)
                .max()
                .orElseThrow();
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, group(deployment, name));
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingQuarantine.class);
        settings.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingQuarantine.class);
        settings.put(ProcessingQuarantine.QUARANTINE, deployment.quarantine(meters));
        settings.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, deployment.config().threads());
        if (name.equals(ESTIMATOR)) {
            settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        } else {
            settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
            settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG), "read_committed");
            settings.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, LostReplies.class);
            settings.put(
                    LostReplies.COMMON_REPLIES,
                    deployment.topics().scoreReplies().name());
            // A reply topic that a client deletes while replies are on their way holds everybody's up for so long.
            settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), LOST_AFTER_MILLIS);
            settings.put(StreamsConfig.producerPrefix(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG), LOST_AFTER_MILLIS);
            settings.put(StreamsConfig.producerPrefix(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG), ASK_AGAIN_MILLIS);
        }
        if (waits(deployment)) {
            // A judgment may wait a minute for its embeddings, half a one for its schema, and others of its transaction
            // have
            // been written before.
            settings.put(
                    StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                    TRANSACTION_THAT_WAITS_MILLIS);
            settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_THAT_WAITS_WITHIN_MILLIS);
        } else {
            settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_WITHIN_MILLIS);
        }
        if (singleCopies(deployment)) {
            settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, OUTLASTS_RESTART_MILLIS);
        }
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int)
                deployment.config().cluster().topics().replication());
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100); // A judgment is seen no earlier than it is committed.
        settings.put(StreamsConfig.POLL_MS_CONFIG, 20); // A thread that waits for records does not look at its clock.
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // Streams' own 100 ms would make a round of two hops last a fifth of a second; 0 sends every comparison by
        // itself.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        // With several requests under way, one that waits for the last transaction's marks is overtaken by the next,
        // which
        // the broker refuses as out of order: it comes again a backoff later, and everybody waits.
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 262_144);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), largest + 4096);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), Math.max(33_554_432L, 8L * largest));
        // A thread works off what it has fetched in the order of fetching: a round order waits behind that much. Below
        // the
        // size of a report every fetch would bring the coordinator one.
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 500);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 524_288);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 2_000);
        settings.putAll(deployment.config().cluster().kafka()); // Who sets something knows why.
        return settings;
    }
}
