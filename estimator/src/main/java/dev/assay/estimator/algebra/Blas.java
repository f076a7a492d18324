package dev.assay.estimator.algebra;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Products of matrices and vectors at the speed of the machine: a native BLAS where the system has one, else Java's
 * vectors, else plain Java. All matrices are row-major; sizes come before data, as {@code (rows, columns, data, offset,
 * stride)}. The system property {@code assay.blas=java} leaves a native one alone. Nothing here starts threads, as long as {@code OPENBLAS_NUM_THREADS=1}: the passes have their own.
 */
public final class Blas {
    private static final BLAS LIBRARY = quietly();
    // Java's own syrk and trmm are not vectorised; its gemm is, and ten times as fast though it computes both
    // triangles.
    private static final boolean HAS_FAST_TRIANGLES = LIBRARY instanceof NativeBLAS;
    private static final int FEW_ROWS = 4; // below, the price of a call is above that of the work

    private Blas() {}

    // The library announces what it found on the log of every process.
    private static BLAS quietly() {
        Logger logger = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");
        logger.setLevel(Level.OFF);
        return "java".equals(System.getProperty("assay.blas")) ? JavaBLAS.getInstance() : BLAS.getInstance();
    }

    /** Name of what does the work, for reports. */
    public static String implementation() {
        return LIBRARY.getClass().getSimpleName();
    }

    /** y = A x. */
    public static void times(int rows, int columns, double[] a, int offset, int stride, double[] x, double[] y) {
        LIBRARY.dgemv("T", columns, rows, 1, a, offset, stride, x, 0, 1, 0, y, 0, 1);
    }

    /** y = A x with x from {@code at} on. */
    public static void times(int rows, int columns, float[] a, int offset, int stride, float[] x, int at, float[] y) {
        LIBRARY.sgemv("T", columns, rows, 1, a, offset, stride, x, at, 1, 0, y, 0, 1);
    }

    /** C = A Bᵀ with C of {@code rows × others}: a row of products for every row of A. */
    public static void products(
            int rows, int columns, int others, float[] a, int offset, int stride, float[] b, float[] c) {
        LIBRARY.sgemm("T", "N", others, rows, columns, 1, b, 0, columns, a, offset, stride, 0, c, 0, others);
    }

    /** C = A Bᵀ with C of {@code rows × others}. */
    public static void products(
            int rows, int columns, int others, double[] a, int offset, int stride, double[] b, double[] c) {
        LIBRARY.dgemm("T", "N", others, rows, columns, 1, b, 0, columns, a, offset, stride, 0, c, 0, others);
    }

    /** y += Aᵀ x. */
    public static void addTransposed(
            int rows, int columns, double[] a, int offset, int stride, double[] x, double[] y, int at) {
        LIBRARY.dgemv("N", columns, rows, 1, a, offset, stride, x, 0, 1, 1, y, at, 1);
    }

    /** y = Aᵀ x. */
    public static void transposed(int rows, int columns, float[] a, int offset, int stride, float[] x, float[] y) {
        LIBRARY.sgemv("N", columns, rows, 1, a, offset, stride, x, 0, 1, 0, y, 0, 1);
    }

    /** C += AᵀB with A of {@code rows × columns} and B, packed, of {@code rows × others}; C is {@code columns × others}. */
    public static void addCross(
            int rows, int columns, int others, double[] a, int offset, int stride, double[] b, double[] c) {
        LIBRARY.dgemm("N", "T", others, columns, rows, 1, b, 0, others, a, offset, stride, 1, c, 0, others);
    }

    /** C = AᵀB, as {@link #addCross}. */
    public static void cross(
            int rows, int columns, int others, float[] a, int offset, int stride, float[] b, float[] c) {
        LIBRARY.sgemm("N", "T", others, columns, rows, 1, b, 0, others, a, offset, stride, 0, c, 0, others);
    }

    /** Lower triangle of C += factor · AᵀA, C of {@code size × size}, A packed. */
    public static void addGram(int rows, int size, double factor, double[] a, double[] c) {
        if (rows < FEW_ROWS) {
            addGramByRow(rows, size, factor, a, c);
        } else if (HAS_FAST_TRIANGLES) {
            LIBRARY.dsyrk("U", "N", size, rows, factor, a, 0, size, 1, c, 0, size);
        } else {
            LIBRARY.dgemm("N", "T", size, size, rows, factor, a, 0, size, a, 0, size, 1, c, 0, size);
        }
    }

    /** Lower triangle of C = AᵀA, C of {@code size × size}, A packed. */
    public static void gram(int rows, int size, float[] a, float[] c) {
        if (HAS_FAST_TRIANGLES) {
            LIBRARY.ssyrk("U", "N", size, rows, 1, a, 0, size, 0, c, 0, size);
        } else {
            LIBRARY.sgemm("N", "T", size, size, rows, 1, a, 0, size, a, 0, size, 0, c, 0, size);
        }
    }

    /**
     * C = A L of a lower triangular L, {@code columns × columns}; A and C are packed, {@code rows × columns}.
     *
     * @param c anything; is overwritten
     */
    public static void timesLower(int rows, int columns, double[] a, double[] l, double[] c) {
        if (HAS_FAST_TRIANGLES) {
            System.arraycopy(a, 0, c, 0, rows * columns);
            LIBRARY.dtrmm("L", "U", "N", "N", columns, rows, 1, l, 0, columns, c, 0, columns);
        } else {
            times(rows, columns, columns, a, l, c);
        }
    }

    /** C = A B of B, {@code columns × others}; all three are packed. */
    public static void times(int rows, int columns, int others, double[] a, double[] b, double[] c) {
        LIBRARY.dgemm("N", "N", others, rows, columns, 1, b, 0, others, a, 0, columns, 0, c, 0, others);
    }

    /** B = L⁻¹B of L, lower triangular, and B, both {@code size × size}; L⁻ᵀB if transposed. */
    static void solveLeft(boolean transposed, int size, double[] l, double[] b) {
        // What is row-major here is the transpose for the library: Lᵀ, upper triangular, and Bᵀ.
        LIBRARY.dtrsm("R", "U", transposed ? "T" : "N", "N", size, size, 1, l, 0, size, b, 0, size);
    }

    /** B = BL⁻ᵀ; BL⁻¹ if transposed. */
    static void solveRight(boolean transposed, int size, double[] l, double[] b) {
        LIBRARY.dtrsm("L", "U", transposed ? "N" : "T", "N", size, size, 1, l, 0, size, b, 0, size);
    }

    private static void addGramByRow(int rows, int size, double factor, double[] a, double[] c) {
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < size; i++) {
                double scaled = factor * a[r * size + i];
                for (int j = 0; j <= i; j++) {
                    c[i * size + j] += scaled * a[r * size + j];
                }
            }
        }
    }
}
