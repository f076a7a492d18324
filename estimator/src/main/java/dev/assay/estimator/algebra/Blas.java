package dev.assay.estimator.algebra;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Products of matrices and vectors at the speed of the machine, with the same bits on one machine always. Matrix by vector is our
 * own ({@link MatrixVector}); matrix by matrix is a native BLAS where the system has one, else Java's vectors, else plain Java.
 * A native one whose bits depend on where an array lies is refused when first used ({@link AlignmentCheck}). All matrices are
 * row-major; sizes come before data, as {@code (rows, columns, data, offset, stride)}. The system property {@code
 * assay.blas=java} leaves a native one alone. Nothing here starts threads, as long as {@code OPENBLAS_NUM_THREADS=1}: the passes
 * have their own.
 */
public final class Blas {
    private static final BLAS FOUND = quietly();
    private static final Optional<String> REFUSED =
            FOUND instanceof NativeBLAS ? AlignmentCheck.differing(FOUND) : Optional.empty();
    private static final BLAS LIBRARY = REFUSED.isPresent() ? JavaBLAS.getInstance() : FOUND;
    // Java's own syrk and trmm are not vectorised; its gemm is, and ten times as fast though it computes both
    // triangles.
    private static final boolean HAS_FAST_TRIANGLES = LIBRARY instanceof NativeBLAS;
    private static final int FEW_ROWS = 4; // below, the price of a call is above that of the work
    private static final MatrixVector PLAIN = new MatrixVector();
    private static final MatrixVector LANES = lanes();
    private static final int FEW_NUMBERS = 4096; // below, plain loops: lanes are slow until they have been compiled

    private Blas() {}

    // The library announces what it found on the log of every process.
    private static BLAS quietly() {
        Logger logger = Logger.getLogger("dev.ludovic.netlib.blas.InstanceBuilder");
        logger.setLevel(Level.OFF);
        return "java".equals(System.getProperty("assay.blas")) ? JavaBLAS.getInstance() : BLAS.getInstance();
    }

    // By name: the class needs a module that a Java without it, or started without it, does not have.
    static MatrixVector lanes() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return PLAIN;
        }
        try {
            return Class.forName("dev.assay.estimator.algebra.LaneMatrixVector")
                    .asSubclass(MatrixVector.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the class of the matrix-vector products is not in the jar", e);
        }
    }

    private static MatrixVector matrixVector(int rows, int columns) {
        return rows * columns < FEW_NUMBERS ? PLAIN : LANES;
    }

    /**
     * Name of what does the work, for reports and provenance; with the library that was refused, if one was, and the routine that
     * gave other bits at another place in memory.
     */
    public static String implementation() {
        return LIBRARY.getClass().getSimpleName() + " and four-lane products"
                + REFUSED.map(routine -> " (" + FOUND.getClass().getSimpleName() + " refused: the bits of its "
                                + routine + " depend on where an array lies)")
                        .orElse("");
    }

    /** y = A x. */
    public static void times(int rows, int columns, double[] a, int offset, int stride, double[] x, double[] y) {
        matrixVector(rows, columns).times(rows, columns, a, offset, stride, x, y);
    }

    /** y = A x of float rows, in float64. */
    public static void times(int rows, int columns, float[] a, int offset, int stride, double[] x, double[] y) {
        matrixVector(rows, columns).times(rows, columns, a, offset, stride, x, y);
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
        matrixVector(rows, columns).addTransposed(rows, columns, a, offset, stride, x, y, at);
    }

    /** y += Aᵀ x of float rows, in float64. */
    public static void addTransposed(
            int rows, int columns, float[] a, int offset, int stride, double[] x, double[] y, int at) {
        matrixVector(rows, columns).addTransposed(rows, columns, a, offset, stride, x, y, at);
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
