package dev.assay.bench.streaming;

import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.TopicSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;

/**
 * A deployment of its own on a cluster, at the size all figures are for: d = 128, k = 16, 4 shards, 2 stream threads.
 *
 * @param config its file, for estimators in other processes
 */
record Trial(Cluster cluster, Deployment deployment, Path config) {
    static final int D = 128;
    static final int K = 16;
    static final int SHARDS = 4;

    private static final int ATTEMPTS = 10;

    /**
     * Writes the config and creates the topics.
     *
     * @param name prefix of the topics
     * @param rerun what the config says of reruns, the rest being defaults
     */
    static Trial create(Cluster cluster, String name, String rerun) throws Exception {
        Path config = cluster.work().resolve(name + ".yaml");
        Files.writeString(config, yaml(cluster, name, rerun));
        ServiceConfig service = ServiceConfig.read(config);
        Trial trial =
                new Trial(cluster, new Deployment(service, service.features().open(cluster.work())), config);
        trial.setUp();
        return trial;
    }

    /** A broker may not know at once what its controller has just created. */
    private void setUp() throws Exception {
        for (int attempt = 1; ; attempt++) {
            try (Admin admin = Admin.create(cluster.settings())) {
                new TopicSetup(admin, deployment.topics(), SHARDS, (short) 1)
                        .createAndCheck(deployment.shape().parameters());
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static String yaml(Cluster cluster, String name, String rerun) {
        String attributes = IntStream.range(0, K)
                .mapToObj(j -> "    - {name: c" + j + ", kind: numeric}\n")
                .collect(Collectors.joining());
        return """
                model: bench
                kafka: {bootstrap.servers: "%s"}
                topics: {prefix: %s., shards: %d}
                features: {kind: vectors, name: bench, dimension: %d}
                rerun: {%s}
                context:
                  attributes:
                %s""".formatted(cluster.bootstrapServers(), name, SHARDS, D, rerun, attributes);
    }

    /** Sends judgments {@code from} to {@code to} (exclusive) as fast as the broker takes them. */
    void send(Workload workload, int from, int to) throws Exception {
        try (JudgmentSender sender = new JudgmentSender(this)) {
            for (int i = from; i < to; i++) {
                sender.send(workload.judgment(i), () -> {});
            }
        }
    }

    /** Deletes the topics, for the disk's sake, those of a peer under the same prefix too. */
    void delete() throws Exception {
        try (Admin admin = Admin.create(cluster.settings())) {
            String prefix = deployment.topics().prefix();
            List<String> names = new ArrayList<>(admin.listTopics().names().get());
            names.removeIf(topic -> !topic.startsWith(prefix));
            admin.deleteTopics(names).all().get(1, TimeUnit.MINUTES);
        }
        Files.deleteIfExists(config);
    }
}
