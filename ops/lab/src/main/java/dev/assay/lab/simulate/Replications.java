package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Runs independent replications on a fixed number of threads. The seed of one is a function of the study's seed, the
 * cell's name and its number alone, and results come back in order: so nothing depends on the threads, nor on which other
 * cells are run.
 */
public final class Replications implements AutoCloseable {
    private static final long ODD =
            0xD1342543DE82EF95L; // not SplittableRandom's own step: neighbours would share numbers

    private final long seed;
    private final int count;
    private final ExecutorService threads;
    private final Runnable step;

    /**
     * @param count of a cell, at least 2
     * @param step  called after each replication, by one thread at a time
     */
    public Replications(long seed, int count, int threads, Runnable step) {
        Require.that(count >= 2, "replications must be at least 2, were %s", count);
        Require.that(threads >= 1, "threads must be at least 1, were %s", threads);
        this.seed = seed;
        this.count = count;
        this.threads = Executors.newFixedThreadPool(threads);
        this.step = step;
    }

    /** Of a cell. */
    public int count() {
        return count;
    }

    /** Of a cell that is slow: one in five. */
    public int few() {
        return few(count);
    }

    public static int few(int count) {
        return Math.max(2, count / 5);
    }

    /** @return how the page says that it was made */
    public String command(String study) {
        return "`assay simulate " + study + " --replications " + count + " --seed " + seed + "`";
    }

    /** All replications of a cell. */
    public <T> List<T> run(String cell, LongFunction<T> replication) {
        return run(cell, count, replication);
    }

    /** @param replication from its seed to its result */
    public <T> List<T> run(String cell, int replications, LongFunction<T> replication) {
        long cellSeed = new SplittableRandom(seed ^ cell.hashCode()).nextLong();
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < replications; i++) {
            long one = new SplittableRandom(cellSeed ^ (i + 1) * ODD).nextLong();
            futures.add(threads.submit(() -> replication.apply(one)));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(result(future));
            step.run();
        }
        return results;
    }

    /** What those replications gave that gave something, and how many did not. */
    public record Given<T>(List<T> results, int failures) {}

    /** @param replication empty where it fails */
    public <T> Given<T> given(String cell, int replications, LongFunction<Optional<T>> replication) {
        List<T> results = run(cell, replications, replication).stream()
                .flatMap(Optional::stream)
                .toList();
        return new Given<>(results, replications - results.size());
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a replication failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while replications were running", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
