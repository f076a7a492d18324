package dev.assay.lab.process;

import dev.assay.lab.network.Line;
import dev.assay.lab.network.Relay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The ways of the estimators to the brokers. Each broker has a listener for each slot, and says of it that it is at a
 * relay's port: so all that a slot says to brokers and hears of them goes through lines of its own.
 */
public final class Network implements AutoCloseable {
    /** What happens to all that one slot sends and hears. */
    public record Way(Line there, Line back, List<Relay> relays) {
        public void mend() {
            there.mend();
            back.mend();
        }
    }

    private final List<List<Integer>> ports; // of the brokers' listeners, by slot
    private final List<Way> ways = new ArrayList<>();

    /** @param ports where the brokers listen for each slot, in their order */
    public Network(List<List<Integer>> ports) {
        this.ports = ports;
        for (List<Integer> ofSlot : ports) {
            Line there = new Line();
            Line back = new Line();
            ways.add(new Way(
                    there,
                    back,
                    ofSlot.stream().map(port -> Relay.to(port, there, back)).toList()));
        }
    }

    public Way way(int slot) {
        return ways.get(slot);
    }

    /** @return what the estimator in {@code slot} connects to */
    public String bootstrapServers(int slot) {
        return way(slot).relays().stream()
                .map(relay -> "localhost:" + relay.port())
                .collect(Collectors.joining(","));
    }

    /**
     * Kafka's settings of a broker that listens for the slots too.
     *
     * @param port for clients that no network is between
     * @param controller port for the other brokers
     */
    public Map<String, String> listeners(int broker, int port, int controller) {
        Map<String, String> settings = new TreeMap<>();
        String clients = "CLIENTS://localhost:" + port;
        settings.put(
                "listeners",
                clients + ",CONTROLLER://localhost:" + controller
                        + slots(slot -> "," + name(slot) + "://localhost:"
                                + ports.get(slot).get(broker)));
        settings.put(
                "advertised.listeners",
                clients
                        + slots(slot -> "," + name(slot) + "://localhost:"
                                + way(slot).relays().get(broker).port()));
        settings.put(
                "listener.security.protocol.map",
                "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT" + slots(slot -> "," + name(slot) + ":PLAINTEXT"));
        for (int slot = 0; slot < ways.size(); slot++) {
            settings.put("listener.name." + name(slot).toLowerCase(Locale.ROOT) + ".num.network.threads", "1");
        }
        return settings;
    }

    private String slots(IntFunction<String> text) {
        return IntStream.range(0, ways.size()).mapToObj(text).collect(Collectors.joining());
    }

    private static String name(int slot) {
        return "SLOT" + slot;
    }

    public void mend() {
        ways.forEach(Way::mend);
    }

    @Override
    public void close() {
        mend();
        ways.forEach(way -> way.relays().forEach(Relay::close));
    }
}
