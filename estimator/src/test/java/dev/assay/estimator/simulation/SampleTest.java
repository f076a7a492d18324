package dev.assay.estimator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.DoubleComparisonStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleTest {
    private static final int JUDGMENTS = 40_000;
    private static final ContextDesign CONTEXT = new ContextDesign(3, 1, 0.4, 0);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rewardsAndRationalitiesSpreadAsTheDesignSays(boolean unitLength) {
        Sample sample = new Sample(Design.isotropic(5, unitLength, 1.5, CONTEXT), 3);

        ComparisonBlock block = all(sample.store(JUDGMENTS));

        double reward = 0;
        double rationality = 0;
        double mean = 0;
        for (int r = 0; r < block.rows(); r++) {
            double along = 0;
            for (int i = 0; i < 5; i++) {
                along += sample.truth().reward().get(i) * block.difference(r, i);
            }
            double added = 0;
            for (int j = 0; j < 3; j++) {
                added += sample.truth().rationality().get(j) * block.context(r, j);
            }
            reward += along * along;
            rationality += added * added;
            mean += added;
        }
        int n = block.rows();
        // Of a mean square over 40,000 rows 3 standard errors are at most 2 %.
        assertThat(reward / n).isBetween(0.98 * 2.25, 1.02 * 2.25);
        assertThat(rationality / n - mean / n * mean / n).isBetween(0.98 * 0.16, 1.02 * 0.16);
    }

    @Test
    void adversarialJudgmentsAreMarkedAndAreWrongMoreOftenThanRight() {
        Sample sample = new Sample(Design.isotropic(5, true, 1.5, new ContextDesign(3, 1, 0.4, 0.2)), 4);

        ComparisonBlock block = all(sample.store(JUDGMENTS));

        int marked = 0;
        int right = 0;
        for (int r = 0; r < block.rows(); r++) {
            if (block.context(r, 2) == 1) {
                double along = 0;
                for (int i = 0; i < 5; i++) {
                    along += sample.truth().reward().get(i) * block.difference(r, i);
                }
                marked++;
                right += (along > 0) == (block.preference(r) == 1) ? 1 : 0;
            }
        }
        assertThat(marked / (double) JUDGMENTS).isBetween(0.19, 0.21); // 0.2 ± 5 standard errors
        assertThat(right / (double) marked).isBetween(0.3, 0.45);
    }

    @Test
    void candidatesDoNotDependOnTheNumberOfJudgments() {
        Design design = Design.isotropic(4, false, 1, CONTEXT);
        Sample few = new Sample(design, 5);
        Sample many = new Sample(design, 5);
        few.store(10);
        many.store(1000);
        assertThat(few.candidates(3)).isEqualTo(many.candidates(3));
    }

    @Test
    void sharesMustAddUpToOne() {
        PromptGroup half = new PromptGroup(0.5, Vector.of(1, 1), false);
        assertThatThrownBy(() -> new Design(List.of(half), half, 2, 1, CONTEXT))
                .hasMessageContaining("shares must add up to 1");
    }

    private static ComparisonBlock all(DoubleComparisonStore store) {
        ComparisonBlock block =
                new ComparisonBlock((int) store.size(), store.rewardDimension(), store.rationalityDimension());
        store.read(0, block);
        return block;
    }
}
