package dev.assay.bench.streaming;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.bench.http.Crowd;
import dev.assay.bench.http.Flood;
import dev.assay.bench.http.HttpConnection;
import dev.assay.bench.http.Newcomers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/**
 * How long do good requests and health take beside a crowd? {@code ops/bench/crowd}. Gateway and scorer, each in a process of
 * its own, alone at first; then beside bodies that come by a byte a second, beside webhooks with forged signatures (the gateway
 * alone takes webhooks), beside connections that say nothing, and beside all of them. Every good request comes on a new
 * connection.
 */
public final class Crowded {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern LISTENS = Pattern.compile("listens on (http\\S+\\d)[.,]");
    private static final int CROWD = 1000;
    private static final int FORGERS = 8;
    private static final int GOOD_A_SECOND = 50;
    private static final int HEALTH_A_SECOND = 10;
    private static final String SECRET =
            Base64.getEncoder().encodeToString("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    private static final byte[] HEALTH =
            "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int seconds;
    private final Figures figures = new Figures("crowd");

    private enum Beside {
        NOBODY,
        SLOW,
        FORGED,
        IDLE,
        ALL;

        boolean has(Beside kind) {
            return this == kind || this == ALL;
        }
    }

    /**
     * A server, and how it is asked.
     *
     * @param path of a good request
     * @param watched where its health is, on a port of its own
     * @param takesWebhooks whether it can be sent forged ones
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Asked(String name, String address, String watched, String path, byte[] good, boolean takesWebhooks) {
        String slow() {
            return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100000\r\n\r\n{";
        }
    }

    private Crowded(int seconds) {
        this.seconds = seconds;
    }

    /** @param args seconds beside each, default 20 */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        try (Cluster cluster = Cluster.start()) {
            Trial trial = Trial.create(cluster, "crowd", "minimum-judgments: " + Long.MAX_VALUE);
            String config = Files.readString(trial.config());
            new Crowded(seconds).measure(trial, config);
        }
    }

    private void measure(Trial trial, String config) throws Exception {
        int port = freePort();
        String watched = "http://127.0.0.1:" + port;
        Files.writeString(
                trial.config(),
                config + "gateway: {argilla-secret: \"whsec_" + SECRET + "\"}\nmetrics: {port: " + port + "}\n");
        try (ChildProcess gateway = Cluster.gateway(trial)) {
            String address = gateway.await(LISTENS, PATIENCE).group(1);
            ask(new Asked("gateway", address, watched, "/v1/judgments", judgment(), true));
        }
        try (PublishedSnapshots snapshots = new PublishedSnapshots(trial);
                ChildProcess scorer = Cluster.scorer(trial, "0,1")) {
            byte[] body = ScoreLoad.bodies(false).get(0);
            String address = ScoreLoad.ready(scorer, snapshots, body);
            ask(new Asked("scorer", address, watched, ScoreLoad.PATH, body, false));
        }
        figures.print();
    }

    private void ask(Asked server) throws Exception {
        byte[] good;
        try (HttpConnection connection = new HttpConnection(server.address())) {
            good = connection.request(server.path(), server.good());
        }
        new Newcomers(server.address(), good, GOOD_A_SECOND).come(seconds); // the warm-up
        for (Beside beside : Beside.values()) {
            if (beside != Beside.FORGED || server.takesWebhooks()) {
                beside(server, good, beside);
            }
        }
    }

    private void beside(Asked server, byte[] good, Beside beside) throws Exception {
        String label = server.name() + " beside " + beside.name().toLowerCase(java.util.Locale.ROOT) + ": ";
        List<AutoCloseable> crowds = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Crowd slow = null;
            Flood flood = null;
            if (beside.has(Beside.SLOW)) {
                slow = Crowd.join(server.address(), CROWD, server.slow());
                crowds.add(slow);
            }
            if (beside.has(Beside.IDLE)) {
                crowds.add(Crowd.join(server.address(), CROWD, ""));
            }
            if (beside.has(Beside.FORGED) && server.takesWebhooks()) {
                flood = Flood.begin(server.address(), forged(), 401, FORGERS);
                crowds.add(flood);
            }
            Future<Newcomers.Seen> asked =
                    threads.submit(() -> new Newcomers(server.address(), good, GOOD_A_SECOND).come(seconds));
            Future<Newcomers.Seen> health =
                    threads.submit(() -> new Newcomers(server.watched(), HEALTH, HEALTH_A_SECOND).come(seconds));
            Future<Newcomers.Seen> same =
                    threads.submit(() -> new Newcomers(server.address(), HEALTH, HEALTH_A_SECOND).come(seconds));
            add(label + "good", asked.get());
            add(label + "health", health.get());
            add(label + "health on the same port", same.get());
            if (slow != null) {
                figures.add(label + "slow ones sent away", slow.sentAway());
            }
            if (flood != null) {
                figures.add(label + "forged/s refused", flood.refused() / (double) seconds);
                figures.add(label + "forged, not answered 401", flood.others());
            }
        } finally {
            threads.shutdownNow();
            for (AutoCloseable crowd : crowds) {
                crowd.close();
            }
        }
    }

    private void add(String label, Newcomers.Seen seen) {
        figures.addMillis(label, seen.millis());
        if (seen.failed() > 0) {
            figures.add(label + ", not answered 200", seen.failed());
        }
        System.out.println(label + " done");
    }

    private static byte[] judgment() throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode judgment = json.createObjectNode();
        GatewayLoad.add(judgment, new Workload(7, Trial.D, Trial.K).judgment(0));
        return json.writeValueAsBytes(judgment);
    }

    /** As one that is genuine, but for the signature: the body has to be read before it can be refused. */
    private static byte[] forged() {
        String body = "{\"type\":\"response.created\",\"data\":\"" + "x".repeat(1000) + "\"}";
        return ("POST /v1/webhooks/argilla HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "webhook-id: m1\r\nwebhook-timestamp: "
                        + Instant.now().getEpochSecond()
                        + "\r\nwebhook-signature: v1,forged\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
