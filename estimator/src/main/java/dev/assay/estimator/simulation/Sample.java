package dev.assay.estimator.simulation;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.DoubleComparisonStore;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One replication of a study: true parameters of its own, then judgments and candidates, as many as are asked for. */
public final class Sample {
    private final Design design;
    private final SplittableRandom judging;
    private final SplittableRandom choosing; // apart, so that candidates do not depend on the number of judgments
    private final Parameters truth;

    public Sample(Design design, long seed) {
        this.design = design;
        judging = new SplittableRandom(seed);
        choosing = judging.split();
        truth = new Parameters(reward(design, judging), design.context().rationality(judging));
    }

    public Parameters truth() {
        return truth;
    }

    /** The next judgments, each its own cluster. */
    public DoubleComparisonStore store(int count) {
        DoubleComparisonStore store =
                new DoubleComparisonStore(design.rewardDimension(), design.rationalityDimension());
        for (int i = 0; i < count; i++) {
            store.add(comparison());
        }
        return store;
    }

    /** Features φ of the next candidates. */
    public List<Vector> candidates(int count) {
        return responses(design.candidates(), count);
    }

    /** Features φ of responses to prompts of one group. */
    public List<Vector> responses(PromptGroup group, int count) {
        return Stream.generate(() -> group.response(choosing)).limit(count).toList();
    }

    private Comparison comparison() {
        PromptGroup group = group(judging.nextDouble());
        Vector difference = group.response(judging).minus(group.response(judging));
        Comparison asked =
                new Comparison(design.context().offset(), design.context().context(judging), difference, 1, 1);
        double preference = judging.nextDouble() < ChoiceModel.probability(asked.margin(truth)) ? 1 : 0;
        return new Comparison(asked.offset(), asked.context(), asked.difference(), preference, 1);
    }

    private PromptGroup group(double position) {
        double passed = 0;
        for (PromptGroup group : design.groups()) {
            passed += group.share();
            if (position < passed) {
                return group;
            }
        }
        return design.groups().get(0); // shares add up to 1 but for rounding
    }

    private static Vector reward(Design design, SplittableRandom random) {
        double[] values = new double[design.rewardDimension()];
        for (int i = 0; i < design.rewardDirections(); i++) {
            values[i] = 2 * random.nextDouble() - 1;
        }
        Vector direction = Vector.of(values);
        return direction.times(
                design.rewardSpread() / Math.sqrt(design.candidates().differenceVariance(direction)));
    }
}
