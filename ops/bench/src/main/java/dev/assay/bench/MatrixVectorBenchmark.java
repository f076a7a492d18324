package dev.assay.bench;

import dev.assay.estimator.algebra.Blas;
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
 * Are products of a matrix and a vector with bits of their own as fast as the native ones they took the place of (ADR 0017)? On
 * one window of rows, as a pass reads them, and on all rows of a large store. {@code ops/bench/run MatrixVectorBenchmark}
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MatrixVectorBenchmark {
    /** Rows x columns. */
    @Param({"256x32", "256x128", "256x384", "256x1024", "100000x128"})
    public String size = "";

    /** Which, of float64 or float32 rows, and by whom. */
    @Param({
        "times",
        "timesNative",
        "transposed",
        "transposedNative",
        "floatTimes",
        "floatTimesNative",
        "floatTransposed",
        "floatTransposedNative"
    })
    public String product = "";

    private final BLAS blas = BLAS.getInstance();
    private Runnable work = () -> {};
    private int rows;
    private int columns;
    private double[] matrix = {};
    private float[] floats = {};
    private double[] vector = {};
    private double[] byRow = {};
    private double[] products = {};
    private double[] sums = {};
    private float[] halves = {};
    private float[] floatsByRow = {};
    private float[] floatProducts = {};
    private float[] floatSums = {};

    @Setup
    public void fill() {
        rows = Integer.parseInt(size.substring(0, size.indexOf('x')));
        columns = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        SplittableRandom random = new SplittableRandom(5);
        matrix = random.doubles((long) rows * columns, -1, 1).toArray();
        vector = random.doubles(columns, -1, 1).toArray();
        byRow = random.doubles(rows, -1, 1).toArray();
        products = new double[rows];
        sums = new double[columns];
        floats = rounded(matrix);
        floatsByRow = rounded(byRow);
        halves = rounded(vector);
        floatProducts = new float[rows];
        floatSums = new float[columns];
        work = work();
    }

    private static float[] rounded(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private Runnable work() {
        return switch (product) {
            case "times" -> () -> Blas.times(rows, columns, matrix, 0, columns, vector, products);
            case "timesNative" ->
                () -> blas.dgemv("T", columns, rows, 1, matrix, 0, columns, vector, 0, 1, 0, products, 0, 1);
            case "transposed" -> () -> Blas.addTransposed(rows, columns, matrix, 0, columns, byRow, sums, 0);
            case "transposedNative" ->
                () -> blas.dgemv("N", columns, rows, 1, matrix, 0, columns, byRow, 0, 1, 1, sums, 0, 1);
            case "floatTimes" -> () -> Blas.times(rows, columns, floats, 0, columns, vector, products);
            case "floatTimesNative" ->
                () -> {
                    // Twice, for the high and the low half of a float64 vector.
                    blas.sgemv("T", columns, rows, 1, floats, 0, columns, halves, 0, 1, 0, floatProducts, 0, 1);
                    blas.sgemv("T", columns, rows, 1, floats, 0, columns, halves, 0, 1, 0, floatProducts, 0, 1);
                };
            case "floatTransposed" -> () -> Blas.addTransposed(rows, columns, floats, 0, columns, byRow, sums, 0);
            case "floatTransposedNative" ->
                () -> // in float32
                blas.sgemv("N", columns, rows, 1, floats, 0, columns, floatsByRow, 0, 1, 0, floatSums, 0, 1);
            default -> throw new IllegalStateException("no product " + product);
        };
    }

    /** Into arrays that the state keeps, so the JIT cannot drop the work. */
    @Benchmark
    public void product() {
        work.run();
    }
}
