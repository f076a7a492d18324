package dev.assay.estimator.algebra;

/** Accumulates Σ u uᵀ in float64: the lower triangle of a size × size matrix, row-major. */
public final class OuterSum {
    private final int size;
    private final double[] sum;
    private float[] part = new float[0];

    public OuterSum(int size) {
        this.size = size;
        sum = new double[size * size];
    }

    /** @param rows {@code count × size} numbers */
    public void add(double[] rows, int count, double sign) {
        Blas.addGram(count, size, sign, rows, sum);
    }

    /** @param rows {@code count × size} numbers, few enough that their sum may be float32 */
    public void add(float[] rows, int count, double sign) {
        part = Scratch.atLeast(part, size * size);
        Blas.gram(count, size, rows, part);
        for (int i = 0; i < size; i++) {
            add(part, i * size, i + 1, sign, sum);
        }
    }

    public void add(OuterSum other) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.sum[i];
        }
    }

    public long bytes() {
        return 8L * sum.length + 4L * part.length;
    }

    private static void add(float[] from, int first, int count, double sign, double[] to) {
        for (int j = 0; j < count; j++) {
            to[first + j] += sign * from[first + j];
        }
    }

    public double get(int i, int j) {
        return i >= j ? sum[i * size + j] : sum[j * size + i];
    }

    /** The square block of rows and columns {@code from} (inclusive) to {@code to} (exclusive), packed. */
    public Vector packed(int from, int to) {
        double[] packed = new double[PackedSymmetric.packedSize(to - from)];
        int next = 0;
        for (int i = from; i < to; i++) {
            for (int j = from; j <= i; j++) {
                packed[next++] = sum[i * size + j];
            }
        }
        return Vector.of(packed);
    }

    public Vector packed() {
        return packed(0, size);
    }
}
