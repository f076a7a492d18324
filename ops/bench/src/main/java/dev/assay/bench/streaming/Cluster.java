package dev.assay.bench.streaming;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker in a process of its own on a temporary folder, and the {@code assay} command for what else is to run beside it. */
final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path work;
    private final ChildProcess broker;
    private final String bootstrapServers;

    private Cluster(Path work, ChildProcess broker, String bootstrapServers) {
        this.work = work;
        this.broker = broker;
        this.bootstrapServers = bootstrapServers;
    }

    static Cluster start() throws IOException, InterruptedException, TimeoutException {
        Path work = Files.createTempDirectory("assay-bench-");
        ChildProcess broker =
                assay("broker", "--port", "0", "--data", work.resolve("broker").toString());
        String address = broker.await(Pattern.compile("listens on (\\S+:\\d+)"), PATIENCE)
                .group(1);
        return new Cluster(work, broker, address);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Where files of the run go; deleted in the end. */
    Path work() {
        return work;
    }

    /** What every client needs. */
    Map<String, Object> settings() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    /** @param more settings besides */
    KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(settings());
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Creates a topic and waits until every partition has a leader that serves: a producer that is too early may have its
     * first batch refused and its second accepted, and never recovers.
     */
    void createTopic(String name, int partitions) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(settings())) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
            admin.listOffsets(IntStream.range(0, partitions)
                            .mapToObj(partition -> new TopicPartition(name, partition))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get();
        }
    }

    /** An estimator in a process of its own, running when this returns. */
    static ChildProcess estimator(Trial trial) throws InterruptedException, TimeoutException {
        ChildProcess estimator = assay("estimator", "-c", trial.config().toString());
        estimator.await(Pattern.compile("is running on"), PATIENCE);
        return estimator;
    }

    /** A gateway in a process of its own, listening when this returns. */
    static ChildProcess gateway(Trial trial) throws InterruptedException, TimeoutException {
        ChildProcess gateway = assay("gateway", "-c", trial.config().toString(), "--port", "0");
        gateway.await(Pattern.compile("listens on"), PATIENCE);
        return gateway;
    }

    /**
     * A scorer in a process of its own.
     *
     * @param core the only one it may use
     */
    static ChildProcess scorer(Trial trial, String core) {
        return ChildProcess.start(List.of(
                "taskset", "-c", core, command(), "scorer", "-c", trial.config().toString(), "--port", "0"));
    }

    private static ChildProcess assay(String... arguments) {
        List<String> line = new ArrayList<>(List.of(command()));
        line.addAll(List.of(arguments));
        return ChildProcess.start(line);
    }

    private static String command() {
        String command = System.getenv("BENCH_ASSAY");
        if (command == null) {
            throw new IllegalStateException("BENCH_ASSAY must name ops/assay; ops/bench/streaming sets it");
        }
        return command;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        broker.close();
        try (Stream<Path> files = Files.walk(work)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
