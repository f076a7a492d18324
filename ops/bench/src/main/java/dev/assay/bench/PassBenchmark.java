package dev.assay.bench;

import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import dev.ludovic.netlib.blas.BLAS;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How near are the passes to the machine? 200,000 judgments, d = 128, k = 16: a gradient pass beside reading the same bytes,
 * an information pass beside a product of matrices of as many operations. {@code ops/bench/run PassBenchmark}
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PassBenchmark {
    private static final int ROWS = 200_000;
    private static final int D = 128;
    private static final int K = 16;
    private static final int STRIDE = 3 + K + D;
    private static final int SIDE = 1024; // of the product of matrices

    @Param({"1", "2"})
    public int threads;

    private Shard shard = order -> {
        throw new IllegalStateException("set up first");
    };
    private Question moments = Question.moments(D, K);
    private Question information = moments;
    private Question gradient = moments;
    private final float[] bytes = new float[ROWS * STRIDE];
    private final float[][] products = new float[2][SIDE * SIDE];
    private final float[] left = new float[SIDE * SIDE];
    private final BLAS blas = BLAS.getInstance();

    @Setup
    public void fill() {
        FloatComparisonStore store = new FloatComparisonStore(D, K);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ROWS; i++) {
            store.upsert(0, i, -1, 1, 1, random.nextInt(2), uniform(random, K, 0.5), uniform(random, D, 0.25));
        }
        java.util.Arrays.fill(bytes, 1);
        java.util.Arrays.fill(left, 0.5f);
        shard = new StoreShard(store, threads);
        information = SecondQuestion.of(Method.NEWTON, D, K, shard);
        gradient = SecondQuestion.of(Method.LBFGS, D, K, shard);
    }

    private static float[] uniform(SplittableRandom random, int size, double spread) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (spread * (2 * random.nextDouble() - 1));
        }
        return values;
    }

    @Benchmark
    public Answer momentPass() {
        return shard.answer(moments);
    }

    @Benchmark
    public Answer informationPass() {
        return shard.answer(information);
    }

    @Benchmark
    public Answer gradientPass() {
        return shard.answer(gradient);
    }

    /** The bytes of the store, read once by each thread's half: a dot product with itself. */
    @Benchmark
    public double readMemory() {
        double[] sums = new double[threads];
        int half = bytes.length / threads;
        inParallel(t -> sums[t] = blas.sdot(half, bytes, t * half, 1, bytes, t * half, 1));
        return sums[0];
    }

    /** {@code SIDE³} multiplications and additions a thread: best rate of a product of matrices. */
    @Benchmark
    public float[] matrixProduct() {
        inParallel(
                t -> blas.sgemm("N", "N", SIDE, SIDE, SIDE, 1, left, 0, SIDE, left, 0, SIDE, 0, products[t], 0, SIDE));
        return products[0];
    }

    private void inParallel(java.util.function.IntConsumer task) {
        Thread[] others = new Thread[threads - 1];
        for (int t = 1; t < threads; t++) {
            int number = t;
            others[t - 1] = new Thread(() -> task.accept(number));
            others[t - 1].start();
        }
        task.accept(0);
        for (Thread other : others) {
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
