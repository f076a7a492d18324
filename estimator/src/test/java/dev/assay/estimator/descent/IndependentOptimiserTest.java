package dev.assay.estimator.descent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.Fits;
import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonStore;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Questions;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.estimator.sums.Wanted;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.apache.commons.math3.optim.nonlinear.scalar.gradient.NonLinearConjugateGradientOptimizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndependentOptimiserTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.assay.estimator.Seeds#ten")
    void anotherOptimiserFromTheTruthEndsAtTheSameMaximum(long seed) {
        GeneratedData data = new GeneratedData(seed, GeneratedData.Kind.plain(600, 5, 3));
        ComparisonStore store = data.store();
        Shard shard = new StoreShard(store);
        Fit fit = Fits.cold(store);
        double[] found = data.truth().joint().toArray();
        for (int restart = 0; restart < 40; restart++) {
            found = climb(shard, found);
        }
        // Each climb stops after a gain of 1e-9 in ℓ; after 40 little is left. Ours must be as high, and there.
        assertThat(fit.logLikelihood())
                .isGreaterThan(answer(shard, found).statistics().logLikelihood() - 1e-9)
                .isCloseTo(answer(shard, found).statistics().logLikelihood(), within(1e-6));
        assertThat(fit.parameters().joint().minus(Vector.of(found)).length()).isLessThan(1e-3);
    }

    private static double[] climb(Shard shard, double[] from) {
        return new NonLinearConjugateGradientOptimizer(
                        NonLinearConjugateGradientOptimizer.Formula.POLAK_RIBIERE, new SimpleValueChecker(-1, 1e-9))
                .optimize(
                        new MaxEval(20_000),
                        GoalType.MAXIMIZE,
                        new ObjectiveFunction(
                                at -> answer(shard, at).statistics().logLikelihood()),
                        new ObjectiveFunctionGradient(
                                at -> answer(shard, at).statistics().score().toArray()),
                        new InitialGuess(from))
                .getPoint();
    }

    private static Answer answer(Shard shard, double[] at) {
        return shard.answer(Questions.at(Parameters.of(at, 5), Wanted.STATISTICS));
    }
}
