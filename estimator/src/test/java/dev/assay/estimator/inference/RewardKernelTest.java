package dev.assay.estimator.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RewardKernelTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#oneHundred")
    void allAtOnceIsWhatLinearAlgebraSaysOfEach(long seed) {
        Random random = new Random(seed);
        int d = 1 + random.nextInt(20);
        int k = random.nextInt(5);
        int count = 1 + random.nextInt(40);
        RealMatrix information = positive(random, d + k);
        Vector reward = vector(random, d);
        double[] features = random.doubles((long) count * d, -2, 2).toArray();
        // Commons Math inverts by another decomposition.
        RealMatrix covariance = new LUDecomposition(information).getSolver().getInverse();

        RewardKernel.Rewards found = RewardKernel.of(
                        reward, Covariance.model(packed(information)).orElseThrow())
                .of(features, count);

        for (int row = 0; row < count; row++) {
            double[] phi = java.util.Arrays.copyOfRange(features, row * d, (row + 1) * d);
            double[] joint = java.util.Arrays.copyOf(phi, d + k);
            double variance = new ArrayRealVector(joint).dotProduct(covariance.operate(new ArrayRealVector(joint)));
            assertThat(found.rewards()[row]).isCloseTo(reward.dot(Vector.of(phi)), within(1e-12 * d));
            assertThat(found.standardErrors()[row]).isCloseTo(Math.sqrt(variance), within(1e-12));
        }
    }

    @Test
    void aCovarianceOfTooFewAnnotatorsIsNoWorse() {
        Random random = new Random(7);
        int d = 6;
        RealMatrix information = positive(random, d);
        // Two clusters' scores: B has rank 2.
        double[][] scores = {vector(random, d).toArray(), vector(random, d).toArray()};
        RealMatrix meat = new Array2DRowRealMatrix(scores);
        Covariance covariance = Covariance.sandwich(
                        packed(information),
                        dev.assay.estimator.algebra.Dense.of(d, 0, Vector.zeros(0)),
                        packed(meat.transpose().multiply(meat)))
                .orElseThrow();
        Vector reward = vector(random, d);
        Vector phi = vector(random, d);
        double expected = Inference.ofQuantile(new Parameters(reward, Vector.zeros(0)), covariance, 1)
                .reward(phi)
                .standardError();

        RewardKernel.Rewards found = RewardKernel.of(reward, covariance).of(phi.toArray(), 1);

        assertThat(found.standardErrors()[0]).isCloseTo(expected, within(1e-9 * expected));
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        RewardKernel kernel = RewardKernel.of(
                Vector.of(1, 2),
                Covariance.model(PackedSymmetric.of(2, new double[] {1, 0, 1})).orElseThrow());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> kernel.of(new double[5], 2))
                .withMessage("features must be 2 rows of 2, were 5 numbers");
    }

    private static RealMatrix positive(Random random, int size) {
        double[][] rows = IntStream.range(0, size + 3)
                .mapToObj(i -> vector(random, size).toArray())
                .toArray(double[][]::new);
        RealMatrix root = new Array2DRowRealMatrix(rows);
        RealMatrix gram = root.transpose().multiply(root);
        for (int i = 0; i < size; i++) {
            gram.addToEntry(i, i, 1);
        }
        return gram;
    }

    private static Vector vector(Random random, int size) {
        return Vector.of(random.doubles(size, -1, 1).toArray());
    }

    private static PackedSymmetric packed(RealMatrix matrix) {
        return PackedSymmetric.ofRows(matrix.getData());
    }
}
