package dev.assay.estimator;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.DoubleComparisonStore;
import java.util.SplittableRandom;

/** Data of the kinds of {@code vectors/generate.py}: unit-length features with spectrum j^−decay, mixed contexts. */
public final class GeneratedData {
    /** @param adversarial share of judgments with mean rationality −0.6; 0 for none */
    public record Kind(int n, int d, int k, double offset, double decay, double adversarial) {
        public static Kind plain(int n, int d, int k) {
            return new Kind(n, d, k, 1, 0, 0);
        }
    }

    private static final double REWARD_SPREAD = 1.5;
    private static final double RATIONALITY_SPREAD = 0.4;
    private static final double ADVERSARIAL_STRENGTH = 0.6;

    private final Kind kind;
    private final SplittableRandom random;
    private final Parameters truth;

    public GeneratedData(long seed, Kind kind) {
        this.kind = kind;
        this.random = new SplittableRandom(seed);
        this.truth = new Parameters(reward(), rationality());
    }

    public Parameters truth() {
        return truth;
    }

    public Comparison next() {
        double[] context = new double[kind.k];
        for (int j = 0; j < kind.k; j++) {
            context[j] = j % 2 == 0 ? uniform() : random.nextInt(2);
        }
        if (kind.adversarial > 0) {
            context[kind.k - 1] = random.nextDouble() < kind.adversarial ? 1 : 0;
        }
        Comparison asked = new Comparison(kind.offset, Vector.of(context), difference(), 1, 1);
        double preference = random.nextDouble() < ChoiceModel.probability(asked.margin(truth)) ? 1 : 0;
        return new Comparison(kind.offset, asked.context(), asked.difference(), preference, 1);
    }

    /** All n judgments, each its own cluster. */
    public DoubleComparisonStore store() {
        DoubleComparisonStore store = new DoubleComparisonStore(kind.d, kind.k);
        for (int i = 0; i < kind.n; i++) {
            store.add(next());
        }
        return store;
    }

    private Vector reward() {
        double[] values = new double[kind.d];
        for (int i = 0; i < kind.d; i++) {
            values[i] = uniform();
        }
        Vector direction = Vector.of(values);
        double meanSquare = 0;
        for (int i = 0; i < 2000; i++) {
            double along = direction.dot(difference());
            meanSquare += along * along / 2000;
        }
        return direction.times(REWARD_SPREAD / Math.sqrt(meanSquare));
    }

    private Vector rationality() {
        double[] values = new double[kind.k];
        double variance = 0;
        double mean = 0;
        int honest = kind.adversarial > 0 ? kind.k - 1 : kind.k;
        for (int j = 0; j < honest; j++) {
            values[j] = uniform();
            variance += values[j] * values[j] * (j % 2 == 0 ? 1 / 3.0 : 0.25);
        }
        for (int j = 0; j < honest; j++) {
            values[j] *= RATIONALITY_SPREAD / Math.sqrt(variance);
            mean += j % 2 == 0 ? 0 : values[j] / 2;
        }
        if (kind.adversarial > 0) {
            values[kind.k - 1] = -ADVERSARIAL_STRENGTH - kind.offset - mean;
        }
        return Vector.of(values);
    }

    private Vector difference() {
        return features().minus(features());
    }

    private Vector features() {
        double[] values = new double[kind.d];
        for (int i = 0; i < kind.d; i++) {
            values[i] = random.nextGaussian() * Math.pow(i + 1, -kind.decay / 2);
        }
        Vector features = Vector.of(values);
        return features.times(1 / features.length());
    }

    private double uniform() {
        return 2 * random.nextDouble() - 1;
    }
}
