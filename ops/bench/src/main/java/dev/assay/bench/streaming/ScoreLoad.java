package dev.assay.bench.streaming;

import dev.assay.bench.http.BareServer;
import dev.assay.bench.http.HttpConnection;
import dev.assay.bench.http.ScoreClients;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How fast does {@code POST /v1/best-of-n} answer 16 candidates of 128 features, at 1,000 requests a second and as fast as it
 * can, beside {@link BareServer} with the same bodies? {@code ops/bench/score}. Scorer and peer have one core, the client the
 * other; the snapshot comes over the topic.
 */
public final class ScoreLoad {
    static final String PATH = "/v1/best-of-n";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern LISTENS = Pattern.compile("listens on (http\\S+\\d)[.,]");
    private static final int CANDIDATES = 16;
    private static final int BODIES = 50;
    private static final int PACE = 1000;
    private static final int PACED_CLIENTS = 8;
    private static final int FAST_CLIENTS = 8;
    private static final int FAST_REQUESTS = 20_000;
    private static final int WARM_UPS = 10; // on one core the compiler takes a minute beside the work

    private ScoreLoad() {}

    /** @param args seconds at the pace, default 30; rounds, default 3; "packed" for vectors in base64 */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        Figures figures = new Figures("score");
        boolean packed = args.length > 2 && args[2].equals("packed");
        List<byte[]> bodies = bodies(packed);
        try (Cluster cluster = Cluster.start()) {
            Trial trial = Trial.create(cluster, "score", "minimum-judgments: " + Long.MAX_VALUE);
            try (PublishedSnapshots snapshots = new PublishedSnapshots(trial);
                    ChildProcess scorer = Cluster.scorer(trial, "0");
                    ChildProcess peer = ChildProcess.jvm(List.of("taskset", "-c", "0"), BareServer.class)) {
                String ours = ready(scorer, snapshots, bodies.get(0));
                String bare = peer.await(LISTENS, PATIENCE).group(1);
                race(ours, bare, bodies, seconds, rounds, figures);
            }
        }
        figures.print();
    }

    private static void race(String ours, String bare, List<byte[]> bodies, int seconds, int rounds, Figures figures)
            throws Exception {
        ScoreClients fastOurs = new ScoreClients(ours, PATH, FAST_CLIENTS);
        ScoreClients fastBare = new ScoreClients(bare, PATH, FAST_CLIENTS);
        for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
            fastOurs.post(bodies, FAST_REQUESTS, 0);
            fastBare.post(bodies, FAST_REQUESTS, 0);
        }
        double[] ourRates = new double[rounds];
        double[] bareRates = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            ourRates[round] =
                    FAST_REQUESTS / fastOurs.post(bodies, FAST_REQUESTS, 0).seconds();
            bareRates[round] =
                    FAST_REQUESTS / fastBare.post(bodies, FAST_REQUESTS, 0).seconds();
            System.out.printf(
                    "round %d: %,.0f requests/s, bare Javalin %,.0f%n", round + 1, ourRates[round], bareRates[round]);
        }
        double[] millis = new ScoreClients(ours, PATH, PACED_CLIENTS)
                .post(bodies, seconds * PACE, PACE)
                .millis();
        double[] bareMillis = new ScoreClients(bare, PATH, PACED_CLIENTS)
                .post(bodies, seconds * PACE, PACE)
                .millis();
        figures.add("bytes of a body", bodies.get(0).length);
        figures.add("requests/s, median", Figures.median(ourRates));
        figures.add("bare Javalin echo's, median", Figures.median(bareRates));
        figures.add("ratio", Figures.median(ourRates) / Figures.median(bareRates));
        figures.addMillis("at " + PACE + "/s", millis);
        figures.addMillis("bare Javalin echo at " + PACE + "/s", bareMillis);
    }

    /** Candidates of float32 numbers, written as shortly as they can be, or packed. */
    static List<byte[]> bodies(boolean packed) {
        SplittableRandom random = new SplittableRandom(11);
        List<byte[]> bodies = new ArrayList<>();
        for (int body = 0; body < BODIES; body++) {
            StringBuilder json = new StringBuilder("{\"candidates\":[");
            for (int candidate = 0; candidate < CANDIDATES; candidate++) {
                float[] features = new float[Trial.D];
                for (int j = 0; j < features.length; j++) {
                    features[j] = (float) random.nextDouble(-1, 1);
                }
                json.append(candidate == 0 ? "" : ",")
                        .append("{\"features\":")
                        .append(
                                packed
                                        ? base64(features)
                                        : Arrays.toString(features).replace(" ", ""))
                        .append('}');
            }
            bodies.add(json.append("]}").toString().getBytes(StandardCharsets.UTF_8));
        }
        return bodies;
    }

    private static String base64(float[] features) {
        ByteBuffer bytes = ByteBuffer.allocate(features.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(features);
        return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
    }

    /**
     * Publishes a first snapshot and asks until it has arrived.
     *
     * @return where the scorer listens
     */
    static String ready(ChildProcess scorer, PublishedSnapshots snapshots, byte[] body) throws Exception {
        snapshots.publish(1);
        String address = scorer.await(LISTENS, PATIENCE).group(1);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpConnection connection = new HttpConnection(address)) {
            byte[] request = connection.request(PATH, body);
            while (connection.exchange(request).status() != 200) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the scorer has no snapshot");
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        return address;
    }
}
