package dev.assay.estimator.algebra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrincipalComponentsTest {
    private static final int COLUMNS = 120;
    private static final int COMPONENTS = 8;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theDirectionsAreTheLeadingEigenvectorsOfTheScatterMatrix(long seed) {
        // Without structure the spectrum falls as slowly as it can: the hardest case for an iteration.
        List<SparseRow> rows = randomRows(seed, 150);
        EigenDecomposition exact = new EigenDecomposition(scatter(rows));

        PrincipalComponents found = PrincipalComponents.of(rows, COLUMNS, COMPONENTS);

        for (int c = 0; c < COMPONENTS; c++) {
            assertThat(found.eigenvalues()[c] / exact.getRealEigenvalue(c)).isCloseTo(1, within(1e-12));
            double cosine = 0;
            for (int i = 0; i < COLUMNS; i++) {
                cosine += found.directions()[i * COMPONENTS + c]
                        * exact.getEigenvector(c).getEntry(i);
            }
            // The residual of 1e-9 over a gap of some 1e-2 leaves an angle of 1e-7; its cosine is 1 to 1e-14.
            assertThat(Math.abs(cosine)).isCloseTo(1, within(1e-12));
        }
        double all = Arrays.stream(exact.getRealEigenvalues()).sum();
        assertThat(found.explained())
                .isCloseTo(Arrays.stream(found.eigenvalues()).sum() / all, within(1e-12));
        assertThat(found.iterations()).isBetween(1, 20);
    }

    @Test
    void theDirectionsAreOrthonormalAndTheirLargestEntryIsPositive() {
        double[] directions =
                PrincipalComponents.of(randomRows(4, 150), COLUMNS, COMPONENTS).directions();

        for (int a = 0; a < COMPONENTS; a++) {
            double largest = 0;
            for (int b = 0; b < COMPONENTS; b++) {
                double product = 0;
                for (int i = 0; i < COLUMNS; i++) {
                    product += directions[i * COMPONENTS + a] * directions[i * COMPONENTS + b];
                }
                assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-12));
            }
            for (int i = 0; i < COLUMNS; i++) {
                double entry = directions[i * COMPONENTS + a];
                largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
            }
            assertThat(largest).isPositive();
        }
    }

    @Test
    void theOrderOfTheRowsMovesNoMoreThanRounding() {
        List<SparseRow> rows = randomRows(5, 150);
        List<SparseRow> shuffled = new ArrayList<>(rows);
        Collections.reverse(shuffled);

        double[] one = PrincipalComponents.of(rows, COLUMNS, COMPONENTS).directions();
        double[] other = PrincipalComponents.of(shuffled, COLUMNS, COMPONENTS).directions();

        assertThat(other).containsExactly(one, within(1e-10));
    }

    @Test
    void moreComponentsThanTheRowsVaryAlongAreRefused() {
        List<SparseRow> rows = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            rows.addAll(randomRows(6, 5)); // five distinct rows, so four directions around their mean
        }

        assertThat(PrincipalComponents.of(rows, COLUMNS, 4).eigenvalues()).hasSize(4);
        assertThatThrownBy(() -> PrincipalComponents.of(rows, COLUMNS, 5))
                .hasMessage("components must be at most the 4 directions along which the 100 texts vary, was 5");
    }

    @Test
    void rowsThatAreAllEqualHaveNoDirection() {
        List<SparseRow> rows = Collections.nCopies(10, randomRows(7, 1).get(0));

        assertThatThrownBy(() -> PrincipalComponents.of(rows, COLUMNS, 1)).hasMessageContaining("the 0 directions");
    }

    @Test
    void rowsThatShareNothingAreEquallyImportant() {
        List<SparseRow> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            rows.add(
                    new SparseRow(new int[] {i}, new double[] {1})); // 99 eigenvalues, all 1: more than the block holds
        }

        PrincipalComponents found = PrincipalComponents.of(rows, COLUMNS, 10);

        assertThat(found.eigenvalues()).containsOnly(new double[] {1}, within(1e-12));
    }

    @Test
    void componentsOutOfBoundsAreRefused() {
        List<SparseRow> rows = randomRows(8, 150);

        assertThatThrownBy(() -> PrincipalComponents.of(rows, COLUMNS, 0))
                .hasMessage("components must be at least 1, was 0");
        assertThatThrownBy(() -> PrincipalComponents.of(rows, COLUMNS, 120))
                .hasMessage("components must be less than the number of buckets, 120, was 120");
        assertThatThrownBy(() -> PrincipalComponents.of(rows, COLUMNS, 150))
                .hasMessage("components must be less than the number of texts, 150, was 150");
    }

    private static List<SparseRow> randomRows(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SparseRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int[] indices =
                    random.ints(0, COLUMNS).distinct().limit(20).sorted().toArray();
            rows.add(new SparseRow(indices, random.doubles(20, -1, 1).toArray()));
        }
        return rows;
    }

    /** Σ (x−μ)(x−μ)ᵀ as a textbook has it. */
    private static RealMatrix scatter(List<SparseRow> rows) {
        double[][] centred = new double[rows.size()][COLUMNS];
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < rows.get(i).indices().length; j++) {
                centred[i][rows.get(i).indices()[j]] = rows.get(i).values()[j];
            }
        }
        for (int column = 0; column < COLUMNS; column++) {
            double mean = 0;
            for (double[] row : centred) {
                mean += row[column] / rows.size();
            }
            for (double[] row : centred) {
                row[column] -= mean;
            }
        }
        RealMatrix matrix = new Array2DRowRealMatrix(centred, false);
        return matrix.transpose().multiply(matrix);
    }
}
