package dev.assay.streams;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.assay.estimator.descent.Method;
import dev.assay.streams.descend.RerunSchedule;
import dev.assay.streams.features.ContextSpec;
import dev.assay.streams.score.Decisions;
import dev.assay.streams.score.Snapshots;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.HttpSettings;
import dev.assay.streams.settings.ServeSettings;
import dev.assay.streams.wire.registry.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One deployment: one model and all that its roles must agree on. Every role reads the same file; every scalar key can be
 * set by environment, {@code rerun.max-rounds} as {@code ASSAY_RERUN_MAX_ROUNDS}. {@link ConfigYaml} holds the defaults.
 *
 * @param model key of its records in topics that several models could share; 1 to 64 of a-z 0-9 -; default {@code default}
 * @param cluster where its records are
 * @param context what enters the rationality
 * @param features where φ comes from
 * @param estimate when the estimate is made
 * @param score how candidates are scored
 * @param servers where it answers over HTTP
 * @param threads stream threads of one process; 1 to 256; default 2
 */
public record ServiceConfig(
        String model,
        @JsonUnwrapped ClusterConfig cluster,
        ContextSpec context,
        FeaturesConfig features,
        @JsonUnwrapped EstimateConfig estimate,
        ScoreConfig score,
        @JsonUnwrapped ServersConfig servers,
        int threads) {
    private static final Pattern MODEL = Pattern.compile("[a-z0-9-]{1,64}");

    /** @throws IllegalArgumentException naming key, bound and value */
    public ServiceConfig {
        Setting.require(MODEL.matcher(model).matches(), "model", "1 to 64 of the characters a-z 0-9 -", model);
        Setting.require(threads >= 1 && threads <= 256, "threads", "1 to 256", threads);
    }

    /**
     * Reads a config file and this process's environment.
     *
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException naming the file, and the key, bound and value at fault
     */
    public static ServiceConfig read(Path file) {
        String yaml;
        try {
            yaml = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException("config file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new UncheckedIOException("config file " + file + " cannot be read: " + e, e);
        }
        try {
            return parse(yaml, System.getenv());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("config file " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param environment variables that win over the file; an empty one counts as not set; those of other names are ignored
     * @throws IllegalArgumentException naming the key, bound and value at fault
     */
    public static ServiceConfig parse(String yaml, Map<String, String> environment) {
        return ConfigYaml.parse(yaml, environment);
    }

    /** @return a file that {@link #parse} reads as this, defaults written out; contains the secrets of kafka, features and gateway */
    public String toYaml() {
        return ConfigYaml.write(this);
    }

    /**
     * Where the records of a deployment are.
     *
     * @param kafka settings for every Kafka client, passed through unchanged; must contain {@code bootstrap.servers}; may
     *     contain secrets, which is why {@link #toString} leaves the values out
     * @param topics names, partitions, copies
     * @param registry where schemas are registered, if anywhere
     */
    public record ClusterConfig(Map<String, String> kafka, TopicsConfig topics, RegistrySettings registry) {
        private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";

        /** @throws IllegalArgumentException naming key, bound and value */
        public ClusterConfig {
            String servers = kafka.get(BOOTSTRAP_SERVERS);
            Setting.require(
                    servers != null && !servers.isBlank(),
                    "kafka." + BOOTSTRAP_SERVERS,
                    "host:port, comma separated",
                    servers);
            Setting.require(
                    !kafka.containsKey("schema.registry.url"),
                    "kafka.schema.registry.url",
                    "absent: registry.url says it",
                    kafka.get("schema.registry.url"));
            kafka.forEach((key, value) -> Setting.require(value != null, "kafka." + key, "text or a number", value));
            kafka = Collections.unmodifiableMap(new TreeMap<>(kafka)); // Sorted, so that toYaml has one form.
        }

        @Override
        public String toString() {
            return "ClusterConfig[kafka=" + kafka.keySet() + ", topics=" + topics + ", registry=" + registry + "]";
        }
    }

    /**
     * When the estimate is made.
     *
     * @param update how judgments enter it as they come
     * @param rerun when it is computed anew
     */
    public record EstimateConfig(UpdateConfig update, RerunConfig rerun) {}

    /**
     * Where the roles of a deployment answer over HTTP.
     *
     * @param gateway where judgments come in, and from whom
     * @param serve where scores are asked for
     * @param metrics where figures and health are asked for
     */
    public record ServersConfig(GatewaySettings gateway, ServeSettings serve, MetricsConfig metrics) {
        /** @throws IllegalArgumentException if scores would be open to anybody unasked, naming key, bound and value */
        public ServersConfig {
            Setting.require(
                    serve.anonymous()
                            || !gateway.tokens().isEmpty()
                            || serve.http().onLoopback(),
                    "serve.host",
                    "one of " + HttpSettings.LOOPBACK.stream().sorted().toList()
                            + " where there are neither gateway.tokens nor serve.anonymous",
                    serve.http().host());
        }
    }

    /**
     * How this deployment's topics are called and made; several deployments share a cluster by prefix.
     *
     * @param prefix goes before every topic name; at most 100 of the characters A-Z a-z 0-9 . _ -; default {@code assay.}
     * @param shards partitions of the topics that hold judgments, hence how many estimators can share the work; 1 to 1,024;
     *     cannot be changed once the topics exist; default 4
     * @param replication copies of each partition; 1 to 10, at least 3 in production; default 1
     */
    public record TopicsConfig(String prefix, int shards, short replication) {
        // Kafka allows 249 characters for prefix and name together.
        private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{0,100}");

        /** @throws IllegalArgumentException naming key, bound and value */
        public TopicsConfig {
            Setting.require(
                    PREFIX.matcher(prefix).matches(),
                    "topics.prefix",
                    "at most 100 of the characters A-Z a-z 0-9 . _ -",
                    prefix);
            Setting.require(shards >= 1 && shards <= 1024, "topics.shards", "1 to 1024", shards);
            Setting.require(replication >= 1 && replication <= 10, "topics.replication", "1 to 10", replication);
        }
    }

    /**
     * How judgments enter the estimate as they come: by one Newton step, MODEL (8).
     *
     * @param interval between two updates at least; 10 ms to a day; default 100 ms
     */
    public record UpdateConfig(Duration interval) {
        /** @throws IllegalArgumentException naming key, bound and value */
        public UpdateConfig {
            Setting.require(
                    interval.toMillis() >= 10 && interval.compareTo(Duration.ofDays(1)) <= 0,
                    "update.interval",
                    "PT0.01S to PT24H",
                    interval);
        }
    }

    /**
     * When the estimate is computed anew over all judgments, and how.
     *
     * @param schedule when; the keys of {@link RerunSchedule} stand beside the others
     * @param method of descent; default alternating
     * @param maxRounds rounds of one rerun; one that gets there ends unconverged and the old snapshot stays; 2 to 1,000;
     *     default 60, and what the method needs where that is more
     * @param weakPrior ridge r of MODEL (18c) where the judgments cannot determine the parameters yet; 0 to 1; default 0:
     *     such a rerun fails
     */
    public record RerunConfig(
            @JsonUnwrapped RerunSchedule schedule,
            @JsonSerialize(converter = MethodLabel.class) Method method,
            int maxRounds,
            double weakPrior) {
        /** @throws IllegalArgumentException naming key, bound and value */
        public RerunConfig {
            Setting.require(maxRounds >= 2 && maxRounds <= 1000, "rerun.max-rounds", "2 to 1000", maxRounds);
            Setting.require(weakPrior >= 0 && weakPrior <= 1, "rerun.weak-prior", "0 to 1", weakPrior);
        }

        @JsonCreator
        static RerunConfig of(
                @JsonUnwrapped RerunSchedule schedule,
                @JsonProperty("method") String method,
                @JsonProperty("max-rounds") @Nullable Integer maxRounds,
                @JsonProperty("weak-prior") double weakPrior) {
            List<String> labels = Stream.of(Method.values()).map(Method::label).toList();
            Setting.require(labels.contains(method), "rerun.method", "one of " + labels, method);
            Method descent = Method.of(method);
            return new RerunConfig(schedule, descent, maxRounds == null ? descent.maxRounds() : maxRounds, weakPrior);
        }
    }

    /** A method as its label. */
    static final class MethodLabel extends StdConverter<Method, String> {
        @Override
        public String convert(Method method) {
            return method.label();
        }
    }

    /**
     * How candidates are scored.
     *
     * @param level of the two-sided intervals, the α of MODEL (14) being 1 − level; in (0, 1); default 0.95
     * @param maxCandidates most responses in one request, or in a batch of requests together; at least 1; default 4,096
     * @param decisions what is kept of each answer, to be computed again; default none
     * @param snapshots which snapshots are answered from; default every newest one
     */
    public record ScoreConfig(double level, int maxCandidates, Decisions decisions, Snapshots snapshots) {
        /** @throws IllegalArgumentException naming key, bound and value */
        public ScoreConfig {
            Setting.require(level > 0 && level < 1, "score.level", "above 0 and below 1", level);
            Setting.require(maxCandidates >= 1, "score.max-candidates", "at least 1", maxCandidates);
        }
    }

    /**
     * Where each role shows its figures, for Prometheus, and its health, without a token.
     *
     * @param host address to listen on; default 127.0.0.1. The figures name no annotator and no prompt
     * @param port 0 to 65,535, 0 picks a free one; none by default, since the roles of one machine read the same file
     */
    public record MetricsConfig(String host, @Nullable Integer port) {
        /** @throws IllegalArgumentException naming key, bound and value */
        public MetricsConfig {
            Setting.require(!host.isBlank(), "metrics.host", "an address", host);
            Setting.require(
                    port == null || (port >= 0 && port <= HttpSettings.LARGEST_PORT),
                    "metrics.port",
                    "0 to " + HttpSettings.LARGEST_PORT,
                    port);
        }
    }
}
