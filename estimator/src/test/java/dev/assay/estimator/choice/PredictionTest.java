package dev.assay.estimator.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.estimator.algebra.Vector;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
    private static final List<Vector> TWO = List.of(Vector.of(1, 0), Vector.of(0, 1));
    private final Prediction prediction = new Prediction(Parameters.of(new double[] {2, 1, 0.5}, 2));

    @Test
    void theLossIsThatOfTheModelAndTiesAreNeitherRightNorWrong() {
        prediction.add(1, new float[] {2}, TWO, new int[] {1, 2}); // margin (1 + 0.5·2)·(2 − 1) = 2
        prediction.add(1, new float[] {0}, TWO, new int[] {2, 1}); // margin 1, and wrong
        prediction.add(1, new float[] {0}, TWO, new int[] {1, 1});

        Prediction.Quality quality = prediction.quality().orElseThrow();

        double sum =
                ChoiceModel.logLikelihood(2, 1) + ChoiceModel.logLikelihood(1, 0) + ChoiceModel.logLikelihood(1, 0.5);
        assertThat(quality.logLoss()).isCloseTo(-sum / 3, within(1e-15));
        assertThat(quality.accuracy()).isEqualTo(0.5);
    }

    @Test
    void aRankingCountsByItsPairsAndEqualLogitsAreHalfRight() {
        List<Vector> three = List.of(Vector.of(1, 0), Vector.of(0, 2), Vector.of(0, 1)); // rewards 2, 2, 1
        prediction.add(1, new float[] {0}, three, new int[] {1, 2, 3});

        assertThat(prediction.quality().orElseThrow().accuracy()).isCloseTo(2.5 / 3, within(1e-15));
    }

    @Test
    void nothingButTiesHasNoQuality() {
        prediction.add(1, new float[] {0}, TWO, new int[] {1, 1});

        assertThat(prediction.quality()).isEmpty();
    }
}
