package dev.assay.cli.broker;

import dev.assay.service.topics.InvalidInputException;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One embedded broker among those that make up a cluster, each broker and controller in one.
 *
 * @param id of this node
 * @param port for clients; 0 picks a free one
 * @param controllers the port of every node's controller, this one's included; empty: a cluster of this node alone
 * @param cluster its id, which all nodes must agree on; null: the one in the data folder, or a new one
 * @param settings Kafka's own, over those made here
 */
public record BrokerNode(
        int id,
        int port,
        SortedMap<Integer, Integer> controllers,
        @Nullable String cluster,
        Map<String, String> settings) {
    private static final int MOST_COPIES = 3;

    public BrokerNode {
        controllers = new TreeMap<>(controllers);
        settings = Map.copyOf(settings);
        if (!controllers.isEmpty() && !controllers.containsKey(id)) {
            throw new InvalidInputException(
                    "--controllers must name the port of node " + id + " too, names nodes " + controllers.keySet());
        }
        if (controllers.size() > 1 && cluster == null) {
            throw new InvalidInputException("--cluster must be given where there are several nodes");
        }
    }

    /** A cluster of one. */
    static BrokerNode alone(int port) {
        return new BrokerNode(1, port, new TreeMap<>(), null, Map.of());
    }

    /** The same node on ports that are free now. */
    BrokerNode on(int clientPort, int controllerPort) {
        SortedMap<Integer, Integer> known =
                controllers.isEmpty() ? new TreeMap<>(Map.of(id, controllerPort)) : controllers;
        return new BrokerNode(id, clientPort, known, cluster, settings);
    }

    /** Kafka's settings for this node: internal topics have as many copies as there are nodes to hold them, up to three. */
    Properties properties() {
        Properties properties = new Properties();
        int copies = Math.min(MOST_COPIES, controllers.size());
        properties.put("node.id", Integer.toString(id));
        properties.put(
                "controller.quorum.voters",
                controllers.entrySet().stream()
                        .map(node -> node.getKey() + "@localhost:" + node.getValue())
                        .collect(Collectors.joining(",")));
        properties.put("listeners", "CLIENTS://localhost:" + port + ",CONTROLLER://localhost:" + controllers.get(id));
        properties.put("advertised.listeners", "CLIENTS://localhost:" + port);
        for (String replicated : new String[] {
            "default.replication.factor", // of Kafka Streams' own topics too
            "offsets.topic.replication.factor",
            "transaction.state.log.replication.factor",
            "share.coordinator.state.topic.replication.factor"
        }) {
            properties.put(replicated, Integer.toString(copies));
        }
        for (String inSync : new String[] {"transaction.state.log.min.isr", "share.coordinator.state.topic.min.isr"}) {
            properties.put(inSync, copies > 2 ? "2" : "1");
        }
        properties.putAll(settings);
        return properties;
    }
}
