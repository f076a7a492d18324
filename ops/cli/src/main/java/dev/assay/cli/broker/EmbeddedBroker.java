package dev.assay.cli.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka (KRaft, broker and controller in one) inside this process, on loopback only; alone, or a node of several. For trying Assay
 * and for tests; production has its own cluster.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final int port;
    private final @Nullable WorkFolder temporary;

    private EmbeddedBroker(KafkaRaftServer server, int port, @Nullable WorkFolder temporary) {
        this.server = server;
        this.port = port;
        this.temporary = temporary;
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param port to listen on, on loopback; 0 picks a free one
     * @param data folder that keeps the topics over restarts, made if missing; null: a temporary one, deleted on close
     * @throws BrokerStartException if the port is taken or the folder cannot be used; the message says what to do
     */
    public static EmbeddedBroker start(int port, @Nullable Path data) throws BrokerStartException {
        return start(BrokerNode.alone(port), data);
    }

    /**
     * Starts one broker of several, or one alone, and waits until it serves.
     *
     * @param wanted the node
     * @param data folder that keeps the topics over restarts, made if missing; null: a temporary one, deleted on close
     * @throws BrokerStartException if the port is taken or the folder cannot be used; the message says what to do
     */
    public static EmbeddedBroker start(BrokerNode wanted, @Nullable Path data) throws BrokerStartException {
        int clientPort = wanted.port() == 0 ? freePort() : requireFree(wanted.port());
        BrokerNode node = wanted.on(clientPort, freePort());
        WorkFolder temporary = null;
        try {
            temporary = data == null ? WorkFolder.temporary() : null;
            Path folder = data == null ? Objects.requireNonNull(temporary).path() : Files.createDirectories(data);
            KafkaConfig config = new KafkaConfig(settings(node, folder), false);
            format(node, folder);
            KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, clientPort, temporary);
        } catch (IOException e) {
            delete(temporary);
            throw new BrokerStartException("cannot use the data folder " + data + ": " + e.getMessage());
        } catch (RuntimeException e) { // what Kafka throws when it cannot start
            delete(temporary);
            throw new BrokerStartException("Kafka did not start on port " + clientPort + ": " + e.getMessage());
        }
    }

    /** @return host and port for clients */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Shuts the broker down in order; what was acknowledged is on disk, and a temporary folder is deleted. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
        delete(temporary);
    }

    private static void delete(@Nullable WorkFolder temporary) {
        try {
            if (temporary != null) {
                temporary.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the temporary folder " + temporary.path(), e);
        }
    }

    private static Properties settings(BrokerNode node, Path folder) {
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("log.dirs", folder.toString());
        settings.put("offsets.topic.num.partitions", "4");
        // A mistyped topic should be an error, not a topic.
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("log.message.timestamp.type", "CreateTime");
        settings.putAll(node.properties());
        return settings;
    }

    private static void format(BrokerNode node, Path folder) throws IOException, BrokerStartException {
        Formatter formatter = new Formatter();
        formatter.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        formatter.setNodeId(node.id());
        formatter.setClusterId(clusterId(node, folder));
        formatter.setDirectories(java.util.List.of(folder.toString()));
        formatter.setMetadataLogDirectory(folder.toString());
        formatter.setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
        formatter.setControllerListenerName("CONTROLLER");
        formatter.setIgnoreFormatted(true);
        try {
            formatter.run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) { // declared so by Kafka
            throw new BrokerStartException("cannot format the data folder " + folder + ": " + e.getMessage());
        }
    }

    /** A folder that was formatted before keeps its cluster. */
    private static String clusterId(BrokerNode node, Path folder) throws IOException {
        Path known = folder.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME);
        if (Files.exists(known)) {
            Properties properties = new Properties();
            try (var in = Files.newInputStream(known)) {
                properties.load(in);
            }
            String id = properties.getProperty("cluster.id");
            if (id != null) {
                return id;
            }
        }
        String agreed = node.cluster();
        return agreed == null ? Uuid.randomUuid().toString() : agreed;
    }

    private static int requireFree(int port) throws BrokerStartException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokerStartException(
                    "port " + port + " is taken; choose another with --port, or 0 for a free one");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on loopback", e);
        }
    }
}
