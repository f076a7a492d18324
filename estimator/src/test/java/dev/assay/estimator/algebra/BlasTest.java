package dev.assay.estimator.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlasTest {
    private static final int OFFSETS = 16;

    /** What a seed makes: sizes around the four rows and four lanes at a time, and beyond the size where lanes begin. */
    private static final class Drawn {
        final int rows;
        final int columns;
        final int stride;
        final double[] a;
        final float[] floats;
        final double[] x;
        final double[] byRow;

        Drawn(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            rows = 1 + random.nextInt(90);
            columns = 1 + random.nextInt(140);
            stride = columns + random.nextInt(9);
            a = random.doubles(rows * stride + OFFSETS, -1, 1).toArray();
            floats = new float[a.length];
            for (int i = 0; i < a.length; i++) {
                floats[i] = (float) a[i];
            }
            x = random.doubles(columns, -1, 1).toArray();
            byRow = random.doubles(rows, -1, 1).toArray();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#oneHundred")
    void productsAreRightToTheLastDigits(long seed) {
        Drawn drawn = new Drawn(seed);
        double[] y = new double[drawn.rows];
        Blas.times(drawn.rows, drawn.columns, drawn.a, 3, drawn.stride, drawn.x, y);
        double[] fromFloats = new double[drawn.rows];
        Blas.times(drawn.rows, drawn.columns, drawn.floats, 3, drawn.stride, drawn.x, fromFloats);
        double[] sum = new double[drawn.columns + 2];
        Blas.addTransposed(drawn.rows, drawn.columns, drawn.a, 3, drawn.stride, drawn.byRow, sum, 2);
        double[] sumOfFloats = new double[drawn.columns + 2];
        Blas.addTransposed(drawn.rows, drawn.columns, drawn.floats, 3, drawn.stride, drawn.byRow, sumOfFloats, 2);

        // 140 products of numbers below 1: rounding of a few 1e-16 each.
        for (int r = 0; r < drawn.rows; r++) {
            int at = 3 + r * drawn.stride;
            double[] row = Arrays.copyOfRange(drawn.a, at, at + drawn.columns);
            assertThat(y[r]).isCloseTo(exact(row, drawn.x), within(1e-14));
            assertThat(fromFloats[r]).isCloseTo(exact(widened(drawn, at), drawn.x), within(1e-14));
        }
        for (int j = 0; j < drawn.columns; j++) {
            assertThat(sum[2 + j]).isCloseTo(exact(column(drawn, 3 + j), drawn.byRow), within(1e-14));
            assertThat(sumOfFloats[2 + j]).isCloseTo(exact(rounded(column(drawn, 3 + j)), drawn.byRow), within(1e-14));
        }
        assertThat(sum[0]).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#oneHundred")
    void lanesGiveTheBitsOfThePlainLoops(long seed) {
        MatrixVector plain = new MatrixVector();
        MatrixVector lanes = Blas.lanes();
        Drawn drawn = new Drawn(seed);
        assertThat(lanes.getClass()).isNotEqualTo(MatrixVector.class);
        assertThat(products(lanes, drawn, 0)).containsExactly(products(plain, drawn, 0));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void noBitDependsOnWhereAnArrayLies(long seed) {
        MatrixVector lanes = Blas.lanes();
        Drawn drawn = new Drawn(seed);
        double[] first = products(lanes, drawn, 0);
        for (int offset = 1; offset < OFFSETS; offset++) {
            assertThat(products(lanes, drawn, offset)).as("offset %s", offset).containsExactly(first);
        }
    }

    @Test
    void whatComputesHereDoesNotLookAtPlaces() {
        assertThat(AlignmentCheck.differing(BLAS.getInstance())).isEmpty();
        assertThat(AlignmentCheck.differing(JavaBLAS.getInstance())).isEmpty();
        assertThat(Blas.implementation()).doesNotContain("refused");
    }

    @Test
    void aLibraryThatRoundsByPlaceIsNamedWithItsRoutine() {
        BLAS java = JavaBLAS.getInstance();
        BLAS crooked = (BLAS) Proxy.newProxyInstance(
                BLAS.class.getClassLoader(), new Class<?>[] {BLAS.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(java, arguments);
                    if (method.getName().equals("dsyrk") && (int) arguments[6] % 4 == 3) {
                        double[] c = (double[]) arguments[9];
                        c[(int) arguments[10]] = Math.nextUp(c[(int) arguments[10]]);
                    }
                    return result;
                });
        assertThat(AlignmentCheck.differing(crooked)).contains("dsyrk");
    }

    /** All four products, with the matrix {@code offset} numbers further on. */
    private static double[] products(MatrixVector kernel, Drawn drawn, int offset) {
        double[] a = new double[drawn.a.length + offset];
        System.arraycopy(drawn.a, 0, a, offset, drawn.a.length);
        float[] floats = new float[a.length];
        System.arraycopy(drawn.floats, 0, floats, offset, drawn.floats.length);
        double[] all = new double[2 * (drawn.rows + drawn.columns)];
        double[] y = new double[drawn.rows];
        kernel.times(drawn.rows, drawn.columns, a, offset, drawn.stride, drawn.x, y);
        System.arraycopy(y, 0, all, 0, drawn.rows);
        kernel.times(drawn.rows, drawn.columns, floats, offset, drawn.stride, drawn.x, y);
        System.arraycopy(y, 0, all, drawn.rows, drawn.rows);
        int at = 2 * drawn.rows;
        kernel.addTransposed(drawn.rows, drawn.columns, a, offset, drawn.stride, drawn.byRow, all, at);
        kernel.addTransposed(
                drawn.rows, drawn.columns, floats, offset, drawn.stride, drawn.byRow, all, at + drawn.columns);
        return all;
    }

    private static double exact(double[] a, double[] b) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < a.length; i++) {
            sum = sum.add(new BigDecimal(a[i]).multiply(new BigDecimal(b[i])));
        }
        return sum.doubleValue();
    }

    private static double[] widened(Drawn drawn, int at) {
        double[] row = new double[drawn.columns];
        for (int j = 0; j < row.length; j++) {
            row[j] = drawn.floats[at + j];
        }
        return row;
    }

    private static double[] column(Drawn drawn, int at) {
        double[] column = new double[drawn.rows];
        for (int r = 0; r < column.length; r++) {
            column[r] = drawn.a[at + r * drawn.stride];
        }
        return column;
    }

    private static double[] rounded(double[] values) {
        return Arrays.stream(values).map(value -> (float) value).toArray();
    }
}
