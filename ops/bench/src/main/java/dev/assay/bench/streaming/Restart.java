package dev.assay.bench.streaming;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.SnapshotCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How long after SIGKILL and start of the estimator does a published snapshot contain a judgment sent after the start, and how
 * fast is the store restored? {@code ops/bench/restart}. The old process never leaves its group, so the time contains the
 * session timeout; the JVM's start is in it too.
 */
public final class Restart {
    private static final int SEED = 10;
    private static final double TARGET_SECONDS = 15;
    private static final Duration REST = Duration.ofSeconds(3);
    private static final Pattern RESTORED =
            Pattern.compile("Finished restoring changelog .* to store comparisons .* of (\\d+) records");
    private static final Pattern RESTORING = Pattern.compile("Start restoring changelog partition \\S*comparisons-\\d");

    private record Place(int partition, long offset) {}

    private final Trial trial;
    private final int judgments;
    private final Workload workload = new Workload(SEED, Trial.D, Trial.K);
    private final Map<Integer, Place> places = new ConcurrentHashMap<>();
    private final Codec<ComparisonKey> keys = Codec.COMPARISON_KEYS;
    private final SnapshotCodec snapshots = new SnapshotCodec();
    private final Figures figures = new Figures("restart");
    private volatile List<Long> coveredOffsets = List.of();

    private Restart(Trial trial, int judgments) {
        this.trial = trial;
        this.judgments = judgments;
    }

    /** @param args judgments, default 200,000; how often to kill, default 3 */
    public static void main(String[] args) throws Exception {
        int judgments = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int kills = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        try (Cluster cluster = Cluster.start()) {
            Trial trial = Trial.create(cluster, "restart", "minimum-judgments: " + judgments / 2);
            new Restart(trial, judgments).measure(kills);
        }
    }

    private void measure(int kills) throws Exception {
        int parameters = trial.deployment().shape().parameters();
        String comparisons = trial.deployment().topics().comparisons().name();
        String published = trial.deployment().topics().parameters(parameters).name();
        try (Tail comparisonsTail = new Tail(trial, comparisons, Trial.SHARDS, this::compared);
                Tail parametersTail = new Tail(trial, published, 1, this::published);
                CollectedCount collected = new CollectedCount(trial)) {
            Objects.requireNonNull(comparisonsTail);
            Objects.requireNonNull(parametersTail);
            ChildProcess estimator = Cluster.estimator(trial);
            try {
                trial.send(workload, 0, judgments);
                Waiting.until(
                        "all is published",
                        () -> places.size() >= judgments
                                && IntStream.range(0, judgments).allMatch(this::covered));
                double[] seconds = new double[kills];
                for (int kill = 0; kill < kills; kill++) {
                    TimeUnit.MILLISECONDS.sleep(REST.toMillis()); // so that the group's session is a young one, or not
                    estimator.kill();
                    long begin = System.nanoTime();
                    estimator = Cluster.estimator(trial);
                    seconds[kill] = restarted(kill + 1, estimator, collected, begin);
                }
                figures.add("start to snapshot, median s", Figures.median(seconds));
                figures.add("target, s", TARGET_SECONDS);
            } finally {
                estimator.close();
            }
        }
        figures.print();
    }

    private double restarted(int kill, ChildProcess estimator, CollectedCount collected, long begin) throws Exception {
        String label = "kill " + kill + ": ";
        int sent = judgments + kill - 1;
        figures.add(label + "start to role running, s", seconds(begin, System.nanoTime()));
        trial.send(workload, sent, sent + 1);
        long restored = Waiting.until("all shards report", () -> collected.allReportedSince(begin));
        figures.add(label + "start to all shards restored, s", seconds(begin, restored));
        long end = Waiting.until("the new judgment is published", () -> covered(sent));
        figures.add(label + "start to snapshot, s", seconds(begin, end));
        restoreRate(label, estimator);
        return seconds(begin, end);
    }

    private void restoreRate(String label, ChildProcess estimator) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long records = 0;
        for (ChildProcess.Line line : estimator.lines()) {
            if (RESTORING.matcher(line.text()).find()) {
                first = Math.min(first, line.atNanos());
            }
            Matcher restored = RESTORED.matcher(line.text());
            if (restored.find()) {
                records += Long.parseLong(restored.group(1));
                last = line.atNanos();
            }
        }
        if (records == 0) {
            figures.add(label + "restore", "Kafka told nothing of it");
        } else {
            figures.add(label + "restored records", records);
            figures.add(label + "restored records/s", records / seconds(first, last));
        }
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private void compared(Tail.Received received) throws UndecodableException {
        int number = Workload.number(keys.decode(received.record().key()).getJudgmentId());
        places.put(
                number,
                new Place(received.record().partition(), received.record().offset()));
    }

    private void published(Tail.Received received) throws UndecodableException {
        ParameterSnapshot snapshot = snapshots.decode(received.record().value());
        coveredOffsets = snapshot.origin().coveredOffsets();
    }

    private boolean covered(int number) {
        Place place = places.get(number);
        List<Long> covered = coveredOffsets;
        return place != null && !covered.isEmpty() && place.offset() < covered.get(place.partition());
    }
}
