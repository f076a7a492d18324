package dev.assay.bench.streaming;

import dev.assay.bench.http.Pace;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ShardReportCodec;
import dev.assay.streams.wire.SnapshotCodec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * How long after a judgment is acknowledged does somebody who reads {@code parameters} receive a snapshot that contains it?
 * {@code ops/bench/freshness}. A judgment is contained where its comparison's offset is below the one the snapshot covers.
 */
public final class Freshness {
    private static final int SEED = 8;
    private static final int SETTLING_SECONDS = 10; // at the full rate, not counted
    private static final double[] TARGETS = {300, 1000}; // p50 and p99, milliseconds
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** @param receivedNanos when the harness had it */
    private record Reported(long receivedNanos, int shard, long coveredOffset) {}

    /** @param receivedNanos when the harness had it */
    private record Snapshot(long receivedNanos, ParameterSnapshot.Kind kind, List<Long> coveredOffsets) {}

    private final Trial trial;
    private final Workload workload = new Workload(SEED, Trial.D, Trial.K);
    private final Codec<ComparisonKey> keys = Codec.COMPARISON_KEYS;
    private final SnapshotCodec snapshotCodec = new SnapshotCodec();
    private final long[] acknowledgedNanos;
    private final long[] comparedNanos;
    private final int[] partitions;
    private final long[] offsets;
    private final AtomicLong compared = new AtomicLong();
    private final List<Reported> reports = new CopyOnWriteArrayList<>();
    private final ShardReportCodec reportCodec = new ShardReportCodec();
    private final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();

    private Freshness(Trial trial, int judgments) {
        this.trial = trial;
        acknowledgedNanos = new long[judgments];
        comparedNanos = new long[judgments];
        partitions = new int[judgments];
        offsets = new long[judgments];
    }

    /** @param args seconds, default 60; judgments a second, default 5,000; judgments before, default 20,000 */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        int rate = args.length > 1 ? Integer.parseInt(args[1]) : 5_000;
        int warmUp = args.length > 2 ? Integer.parseInt(args[2]) : 20_000;
        try (Cluster cluster = Cluster.start()) {
            int minimum = Math.min(warmUp, 100 * (Trial.D + Trial.K));
            Trial trial = Trial.create(cluster, "freshness", "minimum-judgments: " + minimum);
            int settled = warmUp + rate * SETTLING_SECONDS;
            new Freshness(trial, settled + rate * seconds).measure(warmUp, settled, rate);
        }
    }

    private void measure(int warmUp, int settled, int rate) throws Exception {
        int parameters = trial.deployment().shape().parameters();
        String comparisons = trial.deployment().topics().comparisons().name();
        String published = trial.deployment().topics().parameters(parameters).name();
        try (ChildProcess estimator = Cluster.estimator(trial);
                Tail comparisonsTail = new Tail(trial, comparisons, Trial.SHARDS, this::compared);
                Tail reportsTail = new Tail(
                        trial,
                        trial.deployment().topics().shardReports(parameters).name(),
                        1,
                        this::reported);
                Tail parametersTail = new Tail(trial, published, 1, this::published);
                JudgmentSender sender = new JudgmentSender(trial)) {
            Objects.requireNonNull(estimator);
            Objects.requireNonNull(comparisonsTail);
            Objects.requireNonNull(reportsTail);
            Objects.requireNonNull(parametersTail);
            for (int i = 0; i < warmUp; i++) {
                send(sender, i);
            }
            // Sent as fast as it goes: what is measured must not be how long that backlog lasts.
            Waiting.until("those before are published", PATIENCE, () -> coversFirst(warmUp));
            pace(sender, warmUp, settled, rate);
            long begin = System.nanoTime();
            pace(sender, settled, offsets.length, rate);
            long end = System.nanoTime();
            Waiting.until("all are compared", PATIENCE, () -> compared.get() >= offsets.length);
            Waiting.until("all are published", PATIENCE, () -> covers(snapshots.get(snapshots.size() - 1)));
            report(settled, begin, end);
        }
    }

    /** Sends at a rate; a sender that falls behind catches up. */
    private void pace(JudgmentSender sender, int from, int to, int rate) {
        Pace due = new Pace(System.nanoTime(), rate);
        for (int i = from; i < to; i++) {
            due.await(i - from);
            send(sender, i);
        }
    }

    private void send(JudgmentSender sender, int i) {
        sender.send(workload.judgment(i), () -> acknowledgedNanos[i] = System.nanoTime());
    }

    private void compared(Tail.Received received) throws UndecodableException {
        int i = Workload.number(keys.decode(received.record().key()).getJudgmentId());
        partitions[i] = received.record().partition();
        offsets[i] = received.record().offset();
        comparedNanos[i] = received.receivedNanos();
        compared.incrementAndGet();
    }

    private void reported(Tail.Received received) throws UndecodableException {
        ShardReport report = reportCodec.decode(received.record().value());
        if (!(report instanceof ShardReport.Status)) {
            reports.add(new Reported(received.receivedNanos(), report.shard(), report.coveredOffset()));
        }
    }

    private void published(Tail.Received received) throws UndecodableException {
        ParameterSnapshot snapshot = snapshotCodec.decode(received.record().value());
        snapshots.add(new Snapshot(
                received.receivedNanos(), snapshot.kind(), snapshot.origin().coveredOffsets()));
    }

    private boolean coversFirst(int count) {
        return compared.get() >= count
                && !snapshots.isEmpty()
                && IntStream.range(0, count).allMatch(i -> covers(snapshots.get(snapshots.size() - 1), i));
    }

    private boolean covers(Snapshot snapshot) {
        return IntStream.range(0, offsets.length).allMatch(i -> covers(snapshot, i));
    }

    private boolean covers(Snapshot snapshot, int i) {
        return offsets[i] < snapshot.coveredOffsets().get(partitions[i]);
    }

    private void report(int from, long begin, long end) {
        double[] millis =
                IntStream.range(from, offsets.length).mapToDouble(this::millis).toArray();
        Figures figures = new Figures("freshness");
        figures.add("judgments/s sent", millis.length / ((end - begin) / 1e9));
        for (ParameterSnapshot.Kind kind : ParameterSnapshot.Kind.values()) {
            long count = snapshots.stream()
                    .filter(snapshot -> snapshot.kind() == kind)
                    .filter(snapshot -> snapshot.receivedNanos() - begin > 0 && end - snapshot.receivedNanos() > 0)
                    .count();
            figures.add(kind + " snapshots/s", count / ((end - begin) / 1e9));
        }
        figures.addMillis(
                "acknowledged to admitted",
                IntStream.range(from, offsets.length)
                        .mapToDouble(i -> (comparedNanos[i] - acknowledgedNanos[i]) / 1e6)
                        .toArray());
        figures.addMillis(
                "acknowledged to reported by its shard",
                IntStream.range(from, offsets.length)
                        .mapToDouble(this::millisToReport)
                        .toArray());
        figures.addMillis("acknowledged to published", millis);
        figures.add("targets p50 and p99, ms", Arrays.toString(TARGETS));
        figures.print();
    }

    private double millisToReport(int i) {
        for (Reported report : reports) {
            if (report.shard() == partitions[i] && report.coveredOffset() > offsets[i]) {
                return (report.receivedNanos() - acknowledgedNanos[i]) / 1e6;
            }
        }
        throw new IllegalStateException("judgment " + i + " is in no report");
    }

    private double millis(int i) {
        for (Snapshot snapshot : snapshots) {
            if (covers(snapshot, i)) {
                return (snapshot.receivedNanos() - acknowledgedNanos[i]) / 1e6;
            }
        }
        throw new IllegalStateException("judgment " + i + " is in no snapshot");
    }
}
