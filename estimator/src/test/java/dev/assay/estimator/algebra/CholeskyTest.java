package dev.assay.estimator.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CholeskyTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void solvingAndInvertingUndoTheMatrix(long seed) {
        PackedSymmetric matrix = positiveDefinite(seed, 7);
        Vector x = Vector.of(1, -2, 3, -4, 5, -6, 7);
        Cholesky factor = Cholesky.of(matrix).orElseThrow();
        // Entries are of size 1 to 10 and the condition number is below 1e4.
        assertThat(factor.solve(matrix.times(x)).minus(x).length()).isLessThan(1e-9);
        assertThat(factor.inverse().times(matrix.times(x)).minus(x).length()).isLessThan(1e-9);
        assertThat(factor.halfTransposed(factor.timesTransposed(x)).minus(x).length())
                .isLessThan(1e-9);
        assertThat(factor.half(x).dot(factor.half(x))).isCloseTo(x.dot(factor.solve(x)), within(1e-9));
        assertThat(factor.whiten(matrix)
                        .diagonal()
                        .minus(Vector.of(1, 1, 1, 1, 1, 1, 1))
                        .length())
                .isLessThan(1e-9);
        assertThat(factor.sandwich(factor.whiten(matrix)).get(2, 1))
                .isCloseTo(factor.inverse().get(2, 1), within(1e-9));
        assertThat(Cholesky.ofFactor(7, factor.packedFactor()).solve(x)).isEqualTo(factor.solve(x));
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteHasNone() {
        assertThat(Cholesky.of(PackedSymmetric.of(2, new double[] {1, 1, 1}))).isEmpty();
        assertThat(Cholesky.of(PackedSymmetric.of(2, new double[] {1, 2, 1}))).isEmpty();
        assertThat(Cholesky.of(PackedSymmetric.zeros(1))).isEmpty();
        assertThat(Cholesky.of(PackedSymmetric.zeros(0))).isPresent();
    }

    @Test
    void theLogDeterminantIsTheSumOverTheFactor() {
        Cholesky factor =
                Cholesky.of(PackedSymmetric.of(2, new double[] {4, 2, 3})).orElseThrow();
        assertThat(factor.logDeterminant()).isCloseTo(Math.log(8), within(1e-14));
    }

    @Test
    void theConditionNumberNamesTheColumnsThatDependOnEachOther() {
        // Column 2 is column 0 plus column 1, in other units.
        PackedSymmetric matrix = PackedSymmetric.of(4, new double[] {1, 0, 1, 1000, 1000, 2e6, 0, 0, 0, 1});
        ScaledCondition condition = ScaledCondition.of(matrix);
        assertThat(condition.number()).isGreaterThan(1e14);
        assertThat(condition.columns()).containsExactly(0, 1, 2);
        assertThat(ScaledCondition.of(PackedSymmetric.of(2, new double[] {1, 0, 0}))
                        .columns())
                .containsExactly(1);
        assertThat(ScaledCondition.of(PackedSymmetric.of(2, new double[] {1, 0.5, 1}))
                        .number())
                .isCloseTo(3, within(1e-6));
    }

    private static PackedSymmetric positiveDefinite(long seed, int n) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] rows = new double[n][n];
        for (int r = 0; r < 3 * n; r++) {
            double[] row = random.doubles(n, -1, 1).toArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    rows[i][j] += row[i] * row[j];
                }
            }
        }
        return PackedSymmetric.ofRows(rows);
    }
}
