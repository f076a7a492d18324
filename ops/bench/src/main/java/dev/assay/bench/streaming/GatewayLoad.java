package dev.assay.bench.streaming;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.bench.http.BareServer;
import dev.assay.bench.http.PostingClients;
import dev.assay.streams.model.Judgment;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How many judgments a second go through {@code POST /v1/judgments}, beside {@link BareServer}, which only reads the same
 * bodies, and a bare producer of the same records? {@code ops/bench/gateway}. Gateway, peer and broker are processes of their
 * own; a request has 100 judgments; a client sends the next when the last is answered.
 */
public final class GatewayLoad {
    private static final int SEED = 7;
    private static final int BATCH = 100;
    private static final int DISTINCT_BODIES = 100;
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LISTENS = Pattern.compile("listens on (http\\S+\\d)\\.");

    private final Trial trial;
    private final Workload workload = new Workload(SEED, Trial.D, Trial.K);
    private final int judgments;
    private final List<byte[]> bodies = new ArrayList<>();

    private GatewayLoad(Trial trial, int judgments) throws JsonProcessingException {
        this.trial = trial;
        this.judgments = judgments;
        ObjectMapper json = new ObjectMapper();
        for (int body = 0; body < DISTINCT_BODIES; body++) {
            ArrayNode batch = json.createArrayNode();
            for (int i = 0; i < BATCH; i++) {
                add(batch.addObject(), workload.judgment(body * BATCH + i));
            }
            bodies.add(json.writeValueAsBytes(batch));
        }
    }

    /** @param args judgments, default 100,000; rounds, default 3 */
    public static void main(String[] args) throws Exception {
        int judgments = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        try (Cluster cluster = Cluster.start()) {
            Trial trial = Trial.create(cluster, "gateway", "minimum-judgments: " + Long.MAX_VALUE);
            Files.writeString(
                    trial.config(),
                    Files.readString(trial.config()) + "gateway: {rate-per-second: 10000000, rate-burst: 100000000}\n");
            new GatewayLoad(trial, judgments).race(rounds);
        }
    }

    private void race(int rounds) throws Exception {
        Figures figures = new Figures("gateway");
        double[] ours = new double[rounds];
        double[] bare = new double[rounds];
        double[] producer = new double[rounds];
        double[] millis = new double[0];
        double[] bareMillis = new double[0];
        try (ChildProcess gateway = Cluster.gateway(trial);
                ChildProcess peer = ChildProcess.jvm(List.of(), BareServer.class)) {
            PostingClients ourClients =
                    new PostingClients(gateway.await(LISTENS, PATIENCE).group(1), CLIENTS);
            PostingClients bareClients =
                    new PostingClients(peer.await(LISTENS, PATIENCE).group(1), CLIENTS);
            int requests = judgments / BATCH;
            ourClients.post(bodies, requests); // the warm-up
            bareClients.post(bodies, requests);
            double before = HeapOf.megabytes(gateway.pid());
            for (int round = 0; round < rounds; round++) {
                PostingClients.Seen seen = ourClients.post(bodies, requests);
                PostingClients.Seen bareSeen = bareClients.post(bodies, requests);
                ours[round] = judgments / seen.seconds();
                bare[round] = judgments / bareSeen.seconds();
                producer[round] = judgments / produced();
                millis = seen.millis();
                bareMillis = bareSeen.millis();
                System.out.printf(
                        "round %d: %,.0f judgments/s, bare Javalin %,.0f, bare producer %,.0f%n",
                        round + 1, ours[round], bare[round], producer[round]);
            }
            double after = HeapOf.megabytes(gateway.pid());
            figures.add("judgments a round", judgments);
            figures.add("bytes of a body of " + BATCH, bodies.get(0).length);
            figures.add("clients", CLIENTS);
            figures.add("judgments/s, median", Figures.median(ours));
            figures.add("bare Javalin's, median", Figures.median(bare));
            figures.add("bare producer's, median", Figures.median(producer));
            figures.add("ratio to bare Javalin", Figures.median(ours) / Figures.median(bare));
            figures.add("ratio to bare producer", Figures.median(ours) / Figures.median(producer));
            figures.addMillis("request, last round", millis);
            figures.addMillis("bare Javalin's request, last round", bareMillis);
            figures.add("heap after warm-up, MB", before);
            figures.add("heap after all, MB", after);
        }
        figures.print();
    }

    private double produced() throws Exception {
        List<Judgment> same = new ArrayList<>();
        for (int i = 0; i < DISTINCT_BODIES * BATCH; i++) {
            same.add(workload.judgment(i));
        }
        long begin = System.nanoTime();
        try (JudgmentSender sender = new JudgmentSender(trial)) {
            for (int i = 0; i < judgments; i++) {
                sender.send(same.get(i % same.size()), () -> {});
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    static void add(ObjectNode json, Judgment judgment) {
        json.put("judgmentId", judgment.judgmentId())
                .put("annotatorId", judgment.annotatorId())
                .put("promptId", judgment.promptId())
                .put("preference", judgment.ranking().get(0) == 1 ? "FIRST" : "SECOND");
        ArrayNode responses = json.putArray("responses");
        judgment.responses().forEach(response -> {
            ArrayNode features = responses
                    .addObject()
                    .put("responseId", response.responseId())
                    .putArray("features");
            for (float feature : Objects.requireNonNull(response.features())) {
                features.add(feature);
            }
        });
        ObjectNode context = json.putObject("context");
        judgment.occasion().context().forEach((name, value) -> context.put(name, (Double) value));
    }
}
