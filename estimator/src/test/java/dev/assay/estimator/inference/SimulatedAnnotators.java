package dev.assay.estimator.inference;

import dev.assay.estimator.Fits;
import dev.assay.estimator.GeneratedData;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.estimator.descent.Fit;
import java.util.SplittableRandom;

/** Annotators whose rationality is the model's times a known multiplier, and the fit to all their judgments. */
record SimulatedAnnotators(Vector multipliers, Parameters truth, DoubleComparisonStore store, Fit fit) {
    private static final int D = 5;
    private static final int K = 2;

    static SimulatedAnnotators of(long seed, Vector multipliers, int judgmentsEach) {
        return withTies(seed, multipliers, judgmentsEach, 0);
    }

    /** @param ties share of judgments that come as a tie, whatever was judged */
    static SimulatedAnnotators withTies(long seed, Vector multipliers, int judgmentsEach, double ties) {
        GeneratedData data = new GeneratedData(seed, GeneratedData.Kind.plain(0, D, K));
        SplittableRandom random = new SplittableRandom(-seed);
        DoubleComparisonStore store = new DoubleComparisonStore(D, K);
        for (int judgment = 0; judgment < judgmentsEach; judgment++) {
            for (int annotator = 0; annotator < multipliers.size(); annotator++) {
                Comparison asked = data.next();
                double margin = multipliers.get(annotator) * asked.margin(data.truth());
                double preference = random.nextDouble() < ChoiceModel.probability(margin) ? 1 : 0;
                preference = ties > 0 && random.nextDouble() < ties ? 0.5 : preference;
                store.add(
                        new Comparison(asked.offset(), asked.context(), asked.difference(), preference, 1), annotator);
            }
        }
        return new SimulatedAnnotators(multipliers, data.truth(), store, Fits.cold(store));
    }

    AnnotatorReport report() {
        return AnnotatorReport.of(AnnotatorTally.of(fit.parameters(), store), AnnotatorReport.USUAL_RATE);
    }

    /** As if the population were known: its multiplier is then exactly 1. */
    AnnotatorReport reportAtTruth() {
        return AnnotatorReport.of(AnnotatorTally.of(truth, store), AnnotatorReport.USUAL_RATE);
    }
}
