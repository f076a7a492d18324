package dev.assay.bench.streaming;

import dev.assay.bench.http.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Does a scorer stay right, fast and small while it is asked without a pause and its snapshot is replaced every second?
 * {@code ops/bench/soak}. Now and then an older snapshot comes, which must be refused. As the rewards of version v are v times
 * those of version 1, every number of an answer tells its version.
 */
public final class Soak {
    private static final int CLIENTS = 6;
    private static final int OLDER_EVERY = 10; // seconds
    private static final int OLDER_BY = 3;
    private static final int HEAP_POINTS = 5;
    private static final int WARM_UP_SECONDS = 10;
    private static final double HEAP_GROWTH_MEGABYTES = 5;
    private static final Duration FOLLOWS_WITHIN = Duration.ofSeconds(10);

    private final int seconds;
    private final int pace;
    private final SoakAnswers answers = new SoakAnswers();
    private final AtomicLong published = new AtomicLong(1);

    private Soak(int seconds, int pace) {
        this.seconds = seconds;
        this.pace = pace;
    }

    /** @param args seconds, default 600, at least 20; requests a second, default 300 */
    public static void main(String[] args) throws Exception {
        Soak soak = new Soak(
                args.length > 0 ? Integer.parseInt(args[0]) : 600, args.length > 1 ? Integer.parseInt(args[1]) : 300);
        List<String> wrong = soak.run();
        wrong.forEach(what -> System.out.println("wrong: " + what));
        if (!wrong.isEmpty()) {
            System.exit(1);
        }
    }

    private List<String> run() throws Exception {
        Figures figures = new Figures("soak");
        List<String> wrong = new ArrayList<>();
        List<Double> heap = new ArrayList<>();
        try (Cluster cluster = Cluster.start()) {
            Trial trial = Trial.create(cluster, "soak", "minimum-judgments: " + Long.MAX_VALUE);
            try (PublishedSnapshots snapshots = new PublishedSnapshots(trial);
                    ChildProcess scorer = Cluster.scorer(trial, "0-1")) {
                String address = ScoreLoad.ready(
                        scorer, snapshots, ScoreLoad.bodies(true).get(0));
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
                Pace due = new Pace(System.nanoTime(), pace);
                List<Future<?>> clients = new ArrayList<>();
                for (int client = 0; client < CLIENTS; client++) {
                    SoakClient one = new SoakClient(address, client, answers);
                    clients.add(threads.submit(() -> one.run(due, CLIENTS, seconds * pace)));
                }
                publish(snapshots, scorer, heap);
                for (Future<?> client : clients) {
                    client.get();
                }
                threads.shutdown();
                awaitNewest(address, wrong);
            }
        }
        wrong.addAll(answers.wrong());
        // Requests go on between collection and reading: the lower of two has less of theirs.
        int points = heap.size();
        double growth = Math.min(heap.get(points - 1), heap.get(points - 2)) - Math.min(heap.get(0), heap.get(1));
        if (growth > HEAP_GROWTH_MEGABYTES) {
            wrong.add("the heap grew by " + growth + " MB: " + heap);
        }
        figures.add("seconds", seconds);
        figures.add("requests a second", pace);
        answers.addTo(figures, WARM_UP_SECONDS * pace);
        figures.add("snapshots published", published.get());
        figures.add("older ones published", seconds / OLDER_EVERY);
        figures.add(
                "heap after a collection, MB",
                heap.stream().map(each -> String.format("%.1f", each)).toList().toString());
        figures.add("wrong", wrong.size());
        figures.print();
        return wrong;
    }

    /** One a second; the older ones half a second after, so that both are read by themselves. */
    private void publish(PublishedSnapshots snapshots, ChildProcess scorer, List<Double> heap) throws Exception {
        long begin = System.nanoTime();
        int between = Math.max(1, (seconds - WARM_UP_SECONDS) / HEAP_POINTS);
        for (int second = 1; second < seconds; second++) {
            TimeUnit.NANOSECONDS.sleep(begin + TimeUnit.SECONDS.toNanos(second) - System.nanoTime());
            snapshots.publish(published.incrementAndGet());
            if (second % OLDER_EVERY == 0) {
                TimeUnit.MILLISECONDS.sleep(500);
                snapshots.publish(Math.max(1, published.get() - OLDER_BY));
            }
            if (second >= WARM_UP_SECONDS && (second - WARM_UP_SECONDS) % between == 0) {
                heap.add(HeapOf.megabytes(scorer.pid()));
            }
        }
    }

    private void awaitNewest(String address, List<String> wrong) throws Exception {
        long deadline = System.nanoTime() + FOLLOWS_WITHIN.toNanos();
        SoakClient last = new SoakClient(address, 0, answers);
        while (last.version() < published.get()) {
            if (System.nanoTime() > deadline) {
                wrong.add("version " + published.get() + " was not answered from within " + FOLLOWS_WITHIN + ", but "
                        + last.version());
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
