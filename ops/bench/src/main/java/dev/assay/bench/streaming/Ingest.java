package dev.assay.bench.streaming;

import dev.assay.streams.Role;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * How many judgments a second are admitted and collected, beside {@link PassThrough} on the same judgments, broker, threads
 * and guarantee? {@code ops/bench/ingest}. Both start on a full topic; the time runs from the first record processed to the
 * last one held by a shard, or on the peer's output.
 */
public final class Ingest {
    private static final int SEED = 7;
    private static final double TARGET = 0.6;

    private final Cluster cluster;
    private final int judgments;
    private final Figures figures = new Figures("ingest");
    private String guarantee = StreamsConfig.AT_LEAST_ONCE;

    private Ingest(Cluster cluster, int judgments) {
        this.cluster = cluster;
        this.judgments = judgments;
    }

    /** @param args judgments, default 200,000; rounds, default 3 */
    public static void main(String[] args) throws Exception {
        int judgments = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        try (Cluster cluster = Cluster.start()) {
            new Ingest(cluster, judgments).race(rounds);
        }
    }

    private void race(int rounds) throws Exception {
        double[] ours = new double[rounds];
        double[] peers = new double[rounds];
        one(0, false); // the warm-up
        for (int round = 0; round < rounds; round++) {
            double[] rates = one(round + 1, round == rounds - 1);
            ours[round] = rates[0];
            peers[round] = rates[1];
        }
        figures.add("judgments", judgments);
        figures.add("guarantee of both", guarantee);
        figures.add(
                "judgments/s, rounds",
                Arrays.toString(Arrays.stream(ours).mapToLong(Math::round).toArray()));
        figures.add(
                "peer's records/s, rounds",
                Arrays.toString(Arrays.stream(peers).mapToLong(Math::round).toArray()));
        figures.add("judgments/s, median", Figures.median(ours));
        figures.add("peer's records/s, median", Figures.median(peers));
        figures.add("ratio", Figures.median(ours) / Figures.median(peers));
        figures.add("target of the ratio, at least", TARGET);
        figures.print();
    }

    /** @return our rate and the peer's; who is first alternates */
    private double[] one(int round, boolean sampled) throws Exception {
        Trial trial = Trial.create(cluster, "ingest" + round, "minimum-judgments: " + Long.MAX_VALUE);
        trial.send(new Workload(SEED, Trial.D, Trial.K), 0, judgments);
        double peer = round % 2 == 1 ? peer(trial) : 0;
        double our = ours(trial, sampled);
        double[] rates = {our, round % 2 == 1 ? peer : peer(trial)};
        trial.delete();
        System.out.printf("round %d: %,.0f judgments/s, peer %,.0f records/s%n", round, rates[0], rates[1]);
        return rates;
    }

    private double ours(Trial trial, boolean sampled) throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        String group = Role.group(trial.deployment(), "estimator");
        try (LogEnds ends = new LogEnds(cluster);
                CollectedCount collected = new CollectedCount(trial);
                Role role = Role.estimator(trial.deployment(), meters)) {
            Objects.requireNonNull(role);
            long begin = Waiting.until("judgments are admitted", () -> admitted(meters) > 0);
            @Nullable StageSampler sampler = sampled ? new StageSampler(group) : null;
            long end = Waiting.until("all is collected", () -> collected.sum() >= judgments);
            if (sampler != null) {
                sampler.addTo(figures);
            }
            guarantee = ends.transactional(group) ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE;
            return judgments / ((end - begin) / 1e9);
        }
    }

    private static double admitted(SimpleMeterRegistry meters) {
        return meters.find("admit.judgments.admitted").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double peer(Trial trial) throws Exception {
        String prefix = trial.deployment().topics().prefix();
        String to = prefix + "peer-output";
        cluster.createTopic(to, Trial.SHARDS);
        String from = trial.deployment().topics().judgments().name();
        int threads = trial.deployment().config().threads();
        return PassThrough.rate(cluster, prefix + "peer", guarantee, threads, from, to, judgments);
    }
}
