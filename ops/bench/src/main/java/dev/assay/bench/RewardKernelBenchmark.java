package dev.assay.bench;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.inference.Covariance;
import dev.assay.estimator.inference.RewardKernel;
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
 * What does the kernel of MODEL (14) cost beside the two calls it stands on? Rewards and standard errors of N responses, beside
 * a bare dgemv for the rewards and a bare dtrmm for the products, into the same arrays each time; dtrmm overwrites what it is
 * given, so that a copy of Φ goes before it. {@code ops/bench/run RewardKernelBenchmark}
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RewardKernelBenchmark {
    /** N x d. */
    @Param({"16x128", "1024x384"})
    public String size = "";

    private final BLAS blas = BLAS.getInstance();
    private int count;
    private int d;
    private double[] features = {};
    private double[] reward = {};
    private double[] triangle = {};
    private double[] rewards = {};
    private double[] products = {};
    private RewardKernel kernel = RewardKernel.of(
            Vector.of(1),
            Covariance.model(PackedSymmetric.of(1, new double[] {1})).orElseThrow());

    @Setup
    public void fill() {
        count = Integer.parseInt(size.substring(0, size.indexOf('x')));
        d = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        SplittableRandom random = new SplittableRandom(3);
        features = random.doubles((long) count * d, -1, 1).toArray();
        reward = random.doubles(d, -1, 1).toArray();
        triangle = random.doubles((long) d * d, -1, 1).toArray();
        rewards = new double[count];
        products = new double[count * d];
        kernel = RewardKernel.of(
                Vector.of(reward), Covariance.model(information(random)).orElseThrow());
    }

    /** Dominated by its diagonal, hence positive definite. */
    private PackedSymmetric information(SplittableRandom random) {
        double[][] rows = new double[d][d];
        for (int i = 0; i < d; i++) {
            rows[i][i] = d;
            for (int j = 0; j < i; j++) {
                rows[i][j] = random.nextDouble(-0.5, 0.5);
                rows[j][i] = rows[i][j];
            }
        }
        return PackedSymmetric.ofRows(rows);
    }

    @Benchmark
    public RewardKernel.Rewards kernel() {
        return kernel.of(features, count);
    }

    @Benchmark
    public double[] bareCalls() {
        blas.dgemv("T", d, count, 1, features, 0, d, reward, 0, 1, 0, rewards, 0, 1);
        System.arraycopy(features, 0, products, 0, products.length);
        blas.dtrmm("L", "U", "N", "N", d, count, 1, triangle, 0, d, products, 0, d);
        return products;
    }
}
