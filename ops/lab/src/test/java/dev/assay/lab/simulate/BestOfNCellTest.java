package dev.assay.lab.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.simulation.ContextDesign;
import dev.assay.estimator.simulation.Design;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestOfNCellTest {
    private static final Design DESIGN = Design.isotropic(6, false, Math.sqrt(2), new ContextDesign(3, 1, 0.4, 0));

    @Test
    void nobodyBeatsTheBestAndJudgmentsHelp() {
        try (Replications replications = new Replications(3, 20, 2, () -> {})) {
            BestOfNCell few = BestOfNCell.run("few", DESIGN, 0, 200, replications);
            BestOfNCell many = BestOfNCell.run("many", DESIGN, 0, 5000, replications);
            for (Policy policy : Policy.ALL) {
                for (int size : BestOfNCell.SIZES) {
                    assertThat(many.regret(policy.text(), size).mean()).isNotNegative();
                }
                assertThat(many.regret(policy.text(), BestOfNCell.LARGEST).mean())
                        .isLessThan(
                                few.regret(policy.text(), BestOfNCell.LARGEST).mean());
            }
            assertThat(few.gain(Policy.PLAIN.text(), BestOfNCell.LARGEST).mean())
                    .isZero();
        }
    }

    @Test
    void aShiftOfTheFeaturesChangesNeitherPlainNorCentredChoices() {
        try (Replications replications = new Replications(3, 5, 2, () -> {})) {
            BestOfNCell here = BestOfNCell.run("same", DESIGN, 0, 300, replications);
            BestOfNCell there = BestOfNCell.run("same", DESIGN, 8, 300, replications);
            Policy centred = new Policy(1.96, true);
            Policy recorded = new Policy(1.96, false);
            int size = BestOfNCell.LARGEST;
            // The regret of the same choice, but for the rounding of rewards of another size.
            assertThat(there.regret(Policy.PLAIN.text(), size).mean()
                            - here.regret(Policy.PLAIN.text(), size).mean())
                    .isBetween(-1e-9, 1e-9);
            assertThat(there.regret(centred.text(), size).mean()
                            - here.regret(centred.text(), size).mean())
                    .isBetween(-1e-9, 1e-9);
            assertThat(Math.abs(there.regret(recorded.text(), size).mean()
                            - here.regret(recorded.text(), size).mean()))
                    .isGreaterThan(1e-9);
        }
    }

    @Test
    void pessimismPrefersTheSurerOfTwoThatAreNearlyAsGood() {
        List<Interval> rewards = List.of(Interval.around(1.1, 1, 0), Interval.around(1, 0.1, 0));
        assertThat(Policy.PLAIN.choose(rewards)).isZero();
        assertThat(new Policy(1, false).choose(rewards)).isEqualTo(1);
    }
}
