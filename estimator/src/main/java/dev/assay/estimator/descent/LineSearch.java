package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Safeguards a step by the true log-likelihood. One round answers for the full step and several shorter ones, so a
 * rejected step costs one round. Trial 0 is the point the step started from: base and candidates are then compared
 * within one answer, over the same judgments, whatever arrived or left since the last round.
 */
final class LineSearch {
    private static final double ARMIJO = 1e-4;
    private static final double SHORTENING = 0.9;
    private static final int MOST_SHORTENINGS = 30;
    private static final double[] FRACTIONS = {0.5, 0.25, 0.125, 0.0625};

    /** A shorter step and the gain expected of it. */
    record Shorter(Parameters point, double expectedGain) {}

    private LineSearch() {}

    /** The full step; shortened only where the coordinates cannot be mapped back. */
    static Parameters candidate(Coordinates chart, Vector step) {
        return candidate(chart, chart.origin(), step);
    }

    /** The full step from any coordinates. */
    static Parameters candidate(Coordinates chart, Vector from, Vector step) {
        double fraction = 1;
        for (int i = 0; i < MOST_SHORTENINGS; i++) {
            Optional<Parameters> point = chart.parameters(from.plus(step.times(fraction)));
            if (point.isPresent()) {
                return point.get();
            }
            fraction *= SHORTENING;
        }
        return chart.point();
    }

    /** The chart's point, then ever shorter steps on the straight line from it to the candidate. */
    static List<Parameters> trials(Coordinates chart, Parameters candidate) {
        Vector from = chart.origin();
        Vector step = chart.coordinates(candidate).minus(from);
        List<Parameters> trials = new ArrayList<>();
        trials.add(chart.point());
        for (double fraction : FRACTIONS) {
            trials.add(candidate(chart, step.times(fraction)));
        }
        return trials;
    }

    /** The chart's point alone: for a step that is hardly ever too long. */
    static List<Parameters> baseOnly(Coordinates chart) {
        return List.of(chart.point());
    }

    static Parameters base(Evaluation at) {
        return at.question().trials().get(0);
    }

    /** @param expectedGain of the step to the point asked, in nats */
    static boolean accepts(Evaluation at, double expectedGain) {
        return enough(at, at.logLikelihood(), expectedGain);
    }

    /** The best of the shorter steps, if it is an improvement. */
    static Optional<Shorter> shorter(Evaluation at, double expectedGain) {
        List<Parameters> trials = at.question().trials();
        if (trials.size() <= FRACTIONS.length) {
            return Optional.empty();
        }
        int best = 1;
        for (int t = 2; t <= FRACTIONS.length; t++) {
            if (at.trial(t) > at.trial(best)) {
                best = t;
            }
        }
        double gain = expectedGain * FRACTIONS[best - 1];
        return enough(at, at.trial(best), gain) ? Optional.of(new Shorter(trials.get(best), gain)) : Optional.empty();
    }

    // Near the maximum a step gains less than the sums' last bits: there a loss of that size is no objection.
    private static boolean enough(Evaluation at, double logLikelihood, double expectedGain) {
        return logLikelihood >= at.trial(0) + ARMIJO * expectedGain - at.rounding();
    }
}
