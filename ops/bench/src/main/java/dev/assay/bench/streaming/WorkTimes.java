package dev.assay.bench.streaming;

import dev.assay.bench.SecondQuestion;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.OneStep;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.RunningSum;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.collect.ShardStore;
import dev.assay.streams.collect.ShardStoreBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Objects;

/** What a core does for one judgment on its way, for one update and for one pass over a shard. */
final class WorkTimes {
    private static final int RUNS = 5;
    private static final long WARM_UP_NANOS = 500_000_000;
    private static final int BLOCK = 100; // judgments of one poll

    private WorkTimes() {}

    static void add(CostCase example, Figures figures) {
        int count = example.judgments.length;
        figures.add("admit, µs a judgment", 1e6 / count * best(() -> admit(example)));
        ShardStore store = new ShardStoreBuilder(
                        "bench", example.shape, WireFormat.SINGLE_OBJECT, new SimpleMeterRegistry())
                .build();
        figures.add("collect, µs a judgment", 1e6 / count * best(() -> collect(example, store)));
        figures.add("memory, B a judgment", (double) example.store.bytes() / example.store.size());
        figures.add("memory by formula 4(d + k) + 64, B", 4L * (example.d + example.k) + 64);
        additions(example, figures);
        passes(example, figures);
    }

    private static void admit(CostCase example) {
        for (byte[] judgment : example.judgments) {
            Objects.requireNonNull(example.admit.admit(judgment));
        }
    }

    private static void collect(CostCase example, ShardStore store) {
        for (int i = 0; i < example.comparisons.length; i++) {
            store.apply(example.keys[i], example.comparisons[i]);
        }
    }

    private static void additions(CostCase example, Figures figures) {
        Parameters zeros = Parameters.zeros(example.d, example.k);
        for (int rows : new int[] {1, BLOCK}) {
            ComparisonBlock block = new ComparisonBlock(rows, example.d, example.k);
            example.store.read(0, block);
            RunningSum sum = RunningSum.over(zeros, example.store, 1);
            int additions = 2_000 / rows;
            double seconds = best(() -> {
                for (int i = 0; i < additions; i++) {
                    sum.add(block);
                }
            });
            figures.add("into T, " + rows + " at a time, µs a judgment", 1e6 * seconds / additions / rows);
        }
        long p = (long) example.d + example.k;
        figures.add("flops of an addition, 2p²", 2 * p * p);
    }

    private static void passes(CostCase example, Figures figures) {
        StoreShard shard = new StoreShard(example.store, 1);
        Question moments = Question.moments(example.d, example.k);
        Question gradient = SecondQuestion.of(Method.LBFGS, example.d, example.k, shard);
        Question information = SecondQuestion.of(Method.NEWTON, example.d, example.k, shard);
        double n = example.store.size();
        double p = example.d + example.k;
        figures.add("judgments of a pass", (long) n);
        figures.add("moment pass, µs a judgment", 1e6 / n * best(() -> shard.answer(moments)));
        figures.add("gradient pass, µs a judgment", 1e6 / n * best(() -> shard.answer(gradient)));
        double seconds = best(() -> shard.answer(information));
        figures.add("information pass, µs a judgment", 1e6 / n * seconds);
        figures.add("of it p² + 2dk flops, GFLOP/s", n * (p * p + 2.0 * example.d * example.k) / seconds / 1e9);
        var answer = shard.answer(information);
        figures.add("one Newton step, ms", 1e3 * best(() -> OneStep.of(information.point(), answer)));
    }

    /** Seconds of the best of the runs that follow a warm-up of half a second. */
    private static double best(Runnable work) {
        long warmUntil = System.nanoTime() + WARM_UP_NANOS;
        do {
            work.run();
        } while (System.nanoTime() - warmUntil < 0);
        double best = Double.POSITIVE_INFINITY;
        for (int run = 0; run < RUNS; run++) {
            long begin = System.nanoTime();
            work.run();
            best = Math.min(best, (System.nanoTime() - begin) / 1e9);
        }
        return best;
    }
}
