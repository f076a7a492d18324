package dev.assay.service.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.WritePendingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a server. They may idle as long as Jetty lets them, but the head of a request must come in a window
 * (Jetty's own deadline begins anew with every byte), and there are so many and no more: the address with most of them loses
 * one that asks nothing. Jetty's {@code ConnectionLimit} would stop to accept, so that whoever is idle keeps the others out.
 */
final class Connections implements Connection.Listener {
    private static final byte[] TOO_SLOW = answer(
            "408 Request Timeout",
            "{\"type\":\"about:blank\",\"title\":\"Request Timeout\",\"status\":408,\"detail\":"
                    + "\"the head of a request did not arrive in time\"}");

    private final ClientBounds bounds;
    private final Counter closed;
    private final Map<Connection, Head> heads = new ConcurrentHashMap<>();
    private final Map<String, Set<Connection>> byAddress = new HashMap<>();

    /** What one looked at last: since when a head has been begun, and where the last one ended. */
    private static final class Head {
        private final String address;
        private long bytesBefore;
        private long sinceNanos;

        Head(String address, long nowNanos) {
            this.address = address;
            sinceNanos = nowNanos;
        }

        /** @return whether a head has been begun a window ago and is not whole */
        boolean slow(Connection connection, long nowNanos, long windowNanos) {
            long bytes = connection.getBytesIn();
            if (busy(connection) || bytes == bytesBefore) {
                bytesBefore = bytes;
                sinceNanos = nowNanos;
                return false;
            }
            return nowNanos - sinceNanos >= windowNanos;
        }
    }

    /** @param meters counts those closed as {@code stage.connections.closed}, those open as {@code stage.connections.open} */
    Connections(ClientBounds bounds, MeterRegistry meters, String stage) {
        this.bounds = bounds;
        closed = meters.counter(stage + ".connections.closed");
        Gauge.builder(stage + ".connections.open", heads, Map::size).register(meters);
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection) {
            return; // It bears another, which is counted.
        }
        String address = connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote
                ? remote.getAddress().getHostAddress()
                : "";
        heads.put(connection, new Head(address, System.nanoTime()));
        Connection idle = add(address, connection);
        if (idle != null) {
            closed.increment();
            idle.getEndPoint().close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Head head = heads.remove(connection);
        if (head != null) {
            remove(head.address, connection);
        }
    }

    /** @return which must make room; null: none, or all of that address are at work */
    private synchronized @Nullable Connection add(String address, Connection connection) {
        byAddress.computeIfAbsent(address, one -> new LinkedHashSet<>()).add(connection);
        if (heads.size() <= bounds.connections()) {
            return null;
        }
        Set<Connection> most = Collections.max(byAddress.values(), Comparator.comparingInt(Set::size));
        return most.stream()
                .filter(each -> each != connection && !busy(each))
                .findFirst()
                .orElse(null);
    }

    private synchronized void remove(String address, Connection connection) {
        Set<Connection> connections = byAddress.get(address);
        if (connections != null && connections.remove(connection) && connections.isEmpty()) {
            byAddress.remove(address);
        }
    }

    /** Whether a request has come that is not answered yet. */
    private static boolean busy(Connection connection) {
        return connection.getMessagesIn() > connection.getMessagesOut();
    }

    /** @return how many are open */
    int count() {
        return heads.size();
    }

    /** Closes those whose request does not get on; to be called several times a window. */
    void look(long nowNanos) {
        List<Connection> slow = new ArrayList<>();
        heads.forEach((connection, head) -> {
            if (head.slow(connection, nowNanos, bounds.window().toNanos())) {
                slow.add(connection);
            }
        });
        for (Connection connection : slow) {
            closed.increment();
            close(connection.getEndPoint());
        }
    }

    private static void close(EndPoint end) {
        try {
            end.write(Callback.from(end::close), ByteBuffer.wrap(TOO_SLOW));
        } catch (WritePendingException e) { // An answer is on its way after all; the next look sees it.
            return;
        }
    }

    private static byte[] answer(String status, String body) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: application/problem+json\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
