package dev.assay.estimator.algebra;

/** A symmetric matrix, as the rows of its lower triangle one after the other: n(n+1)/2 finite numbers. Immutable. */
public final class PackedSymmetric {
    private final int size;
    private final Vector packed;

    private PackedSymmetric(int size, Vector packed) {
        Require.that(size >= 0, "size must not be negative, was %s", size);
        Require.that(
                packed.size() == packedSize(size),
                "a symmetric matrix of size %s packs into %s numbers, got %s",
                size,
                packedSize(size),
                packed.size());
        this.size = size;
        this.packed = packed;
    }

    public static PackedSymmetric of(int size, double[] packed) {
        return new PackedSymmetric(size, Vector.of(packed));
    }

    public static PackedSymmetric of(int size, Vector packed) {
        return new PackedSymmetric(size, packed);
    }

    public static PackedSymmetric zeros(int size) {
        return new PackedSymmetric(size, Vector.zeros(packedSize(size)));
    }

    /** Numbers needed for a matrix of that size: n(n+1)/2. */
    public static int packedSize(int size) {
        return Math.toIntExact((long) size * (size + 1) / 2);
    }

    /** Where entry (i, j) with j ≤ i is kept. */
    static int at(int i, int j) {
        return i * (i + 1) / 2 + j;
    }

    public int size() {
        return size;
    }

    public double get(int i, int j) {
        return i >= j ? packed.get(at(i, j)) : packed.get(at(j, i));
    }

    /** A copy of the packed numbers. */
    public double[] packed() {
        return packed.toArray();
    }

    /** The packed numbers as a vector. */
    public Vector packedVector() {
        return packed;
    }

    public PackedSymmetric plus(PackedSymmetric other) {
        return new PackedSymmetric(size, packed.plus(other.packed));
    }

    public PackedSymmetric times(double factor) {
        return new PackedSymmetric(size, packed.times(factor));
    }

    /** This matrix with the vector added to its diagonal. */
    public PackedSymmetric plusDiagonal(Vector diagonal) {
        double[] sum = packed.toArray();
        for (int i = 0; i < size; i++) {
            sum[at(i, i)] += diagonal.get(i);
        }
        return of(size, sum);
    }

    public Vector diagonal() {
        double[] diagonal = new double[size];
        for (int i = 0; i < size; i++) {
            diagonal[i] = packed.get(at(i, i));
        }
        return Vector.of(diagonal);
    }

    public Vector times(Vector vector) {
        Require.that(vector.size() == size, "matrix of size %s times vector of size %s", size, vector.size());
        double[] product = new double[size];
        for (int i = 0; i < size; i++) {
            int row = at(i, 0);
            for (int j = 0; j < i; j++) {
                product[i] += packed.get(row + j) * vector.get(j);
                product[j] += packed.get(row + j) * vector.get(i);
            }
            product[i] += packed.get(row + i) * vector.get(i);
        }
        return Vector.of(product);
    }

    /** xᵀAx. */
    public double quadraticForm(Vector x) {
        return x.dot(times(x));
    }

    /** The square block of rows and columns {@code from} (inclusive) to {@code to} (exclusive). */
    public PackedSymmetric block(int from, int to) {
        double[] block = new double[packedSize(to - from)];
        int next = 0;
        for (int i = from; i < to; i++) {
            for (int j = from; j <= i; j++) {
                block[next++] = get(i, j);
            }
        }
        return of(to - from, block);
    }

    /** A copy with all entries, n × n. */
    public double[][] toRows() {
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                rows[i][j] = packed.get(at(i, j));
                rows[j][i] = rows[i][j];
            }
        }
        return rows;
    }

    /** From the lower triangle of n rows; what is above the diagonal is not read. */
    public static PackedSymmetric ofRows(double[][] rows) {
        double[] packed = new double[packedSize(rows.length)];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, packed, at(i, 0), i + 1);
        }
        return of(rows.length, packed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackedSymmetric matrix && packed.equals(matrix.packed);
    }

    @Override
    public int hashCode() {
        return packed.hashCode();
    }

    @Override
    public String toString() {
        return size + " × " + size + " " + packed;
    }
}
