package dev.assay.estimator.algebra;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a library rounds by where an array lies in memory: each routine in use, on the same numbers at 16 offsets, which are
 * all places a number can have in two cache lines. One that does makes fits irreproducible and decisions impossible to replay.
 */
final class AlignmentCheck {
    private static final int OFFSETS = 16;
    private static final int ROWS = 96;
    private static final int COLUMNS = 20;
    private static final int OTHERS = 12;

    /** Reads a and b and writes c, each from its offset on. */
    private interface Routine {
        void compute(double[] a, int at, double[] b, int bAt, double[] c, int cAt);
    }

    private interface FloatRoutine {
        void compute(float[] a, int at, float[] b, int bAt, float[] c, int cAt);
    }

    private AlignmentCheck() {}

    /** @return the first routine whose bits differ; empty if none does */
    static Optional<String> differing(BLAS library) {
        double[] numbers = new double[ROWS * COLUMNS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Math.sin(1 + 7.0 * i) / 3;
        }
        Map<String, Routine> routines = doubles(library);
        floats(library).forEach((name, routine) -> routines.put(name, inFloats(routine)));
        return routines.entrySet().stream()
                .filter(routine -> differs(routine.getValue(), numbers))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Map<String, Routine> doubles(BLAS blas) {
        int n = ROWS;
        int p = COLUMNS;
        int q = OTHERS;
        Map<String, Routine> routines = new LinkedHashMap<>();
        routines.put("dgemm TN", (a, i, b, j, c, l) -> blas.dgemm("T", "N", q, n, p, 1, b, j, p, a, i, p, 0, c, l, q));
        routines.put("dgemm NT", (a, i, b, j, c, l) -> blas.dgemm("N", "T", q, p, n, 1, b, j, q, a, i, p, 0, c, l, q));
        routines.put("dgemm NN", (a, i, b, j, c, l) -> blas.dgemm("N", "N", q, n, p, 1, b, j, q, a, i, p, 0, c, l, q));
        routines.put("dsyrk", (a, i, b, j, c, l) -> blas.dsyrk("U", "N", p, n, 1, a, i, p, 0, c, l, p));
        routines.put("dtrmm", (a, i, b, j, c, l) -> {
            System.arraycopy(a, i, c, l, ROWS * COLUMNS);
            blas.dtrmm("L", "U", "N", "N", p, n, 1, b, j, p, c, l, p);
        });
        for (String side : new String[] {"L", "R"}) {
            for (String transposed : new String[] {"N", "T"}) {
                routines.put("dtrsm " + side + transposed, (a, i, b, j, c, l) -> {
                    System.arraycopy(b, j, c, l, COLUMNS * COLUMNS);
                    for (int d = 0; d < COLUMNS; d++) {
                        a[i + d * COLUMNS + d] = COLUMNS; // so that nothing explodes
                    }
                    blas.dtrsm(side, "U", transposed, "N", p, p, 1, a, i, p, c, l, p);
                });
            }
        }
        return routines;
    }

    private static Map<String, FloatRoutine> floats(BLAS blas) {
        int n = ROWS;
        int p = COLUMNS;
        int q = OTHERS;
        Map<String, FloatRoutine> routines = new LinkedHashMap<>();
        routines.put("sgemm TN", (a, i, b, j, c, l) -> blas.sgemm("T", "N", q, n, p, 1, b, j, p, a, i, p, 0, c, l, q));
        routines.put("sgemm NT", (a, i, b, j, c, l) -> blas.sgemm("N", "T", q, p, n, 1, b, j, q, a, i, p, 0, c, l, q));
        routines.put("ssyrk", (a, i, b, j, c, l) -> blas.ssyrk("U", "N", p, n, 1, a, i, p, 0, c, l, p));
        return routines;
    }

    /** In arrays as long, so that every number lies where it would; what comes out is widened, which no bit gets lost by. */
    private static Routine inFloats(FloatRoutine routine) {
        return (a, i, b, j, c, l) -> {
            float[] result = new float[c.length];
            routine.compute(narrowed(a), i, narrowed(b), j, result, l);
            for (int at = 0; at < c.length; at++) {
                c[at] = result[at];
            }
        };
    }

    private static float[] narrowed(double[] numbers) {
        float[] narrowed = new float[numbers.length];
        for (int i = 0; i < narrowed.length; i++) {
            narrowed[i] = (float) numbers[i];
        }
        return narrowed;
    }

    private static boolean differs(Routine routine, double[] numbers) {
        int size = numbers.length;
        double[] first = new double[size];
        for (int offset = 0; offset < OFFSETS; offset++) {
            double[] a = new double[size + OFFSETS];
            double[] b = new double[size + OFFSETS];
            double[] c = new double[size + OFFSETS];
            System.arraycopy(numbers, 0, a, offset, size);
            System.arraycopy(numbers, 0, b, offset, size);
            routine.compute(a, offset, b, offset, c, offset);
            if (offset == 0) {
                System.arraycopy(c, 0, first, 0, size);
            } else if (!Arrays.equals(first, 0, size, c, offset, offset + size)) {
                return true;
            }
        }
        return false;
    }
}
