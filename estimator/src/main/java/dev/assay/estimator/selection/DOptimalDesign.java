package dev.assay.estimator.selection;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which judgments to ask for next: those that make the volume in which τ may lie, det J^{−½}, smallest: MODEL (23). A judgment with the
 * margin's gradient v, MODEL (3), adds w π(1−π) v vᵀ to J, MODEL (5), so ln det J grows by
 *
 * <pre>ln(1 + w π(1−π) vᵀJ⁻¹v),</pre>
 *
 * whoever wins. The best set is out of reach; taking the best one after the other, each on top of those before, is at
 * least 1 − 1/e ≈ 63 % as good, as ln det J has diminishing returns. It is the J of the estimate at hand: with a wrong estimate
 * other judgments are best, which is why to ask for some, fit, and ask again.
 *
 * @param suggestions best first, each on top of those before it
 * @param totalGain   the sum of their gains: growth of ln det J by all of them, in nats
 */
public record DOptimalDesign(List<Suggestion> suggestions, double totalGain) {
    /** Most numbers the options may take, options times parameters: 256 MiB. */
    public static final int MOST_NUMBERS = 1 << 25;

    public DOptimalDesign {
        suggestions = List.copyOf(suggestions);
    }

    /**
     * Time grows like m p (p + count) for m options.
     *
     * @param parameters  τ, where the information was summed
     * @param information the factor of J, size p, of all judgments so far
     * @param options     judgments that could be asked for: who could judge which pair. Weights count, preferences play no part
     * @param count       how many to suggest, at least 1; of fewer options all, unless they may be asked for repeatedly
     * @param repeats     whether one option may be suggested more than once
     * @throws IllegalArgumentException naming the option, if one has not the size of the parameters
     */
    public static DOptimalDesign of(
            Parameters parameters, Cholesky information, List<Comparison> options, int count, boolean repeats) {
        int[] questions = IntStream.range(0, options.size()).toArray();
        return of(parameters, information, options, questions, count, repeats);
    }

    /**
     * The same with options that are alternatives, as the same pair for several annotators: of each question at most one is
     * suggested.
     *
     * @param questions a number for each option
     */
    public static DOptimalDesign ofQuestions(
            Parameters parameters, Cholesky information, List<Comparison> options, int[] questions, int count) {
        Require.that(
                questions.length == options.size(),
                "questions must be one for each of %s options, were %s",
                options.size(),
                questions.length);
        return of(parameters, information, options, questions, count, false);
    }

    private static DOptimalDesign of(
            Parameters parameters,
            Cholesky information,
            List<Comparison> options,
            int[] questions,
            int count,
            boolean repeats) {
        Require.that(count >= 1, "count must be at least 1, was %s", count);
        Require.that(
                information.size() == parameters.dimension(),
                "information of size %s for %s parameters",
                information.size(),
                parameters.dimension());
        PossibleJudgments left = PossibleJudgments.of(parameters, information, options);
        List<Suggestion> suggestions = new ArrayList<>();
        double total = 0;
        Optional<Suggestion> best = left.best();
        while (best.isPresent()) {
            suggestions.add(best.get());
            total += best.get().gain();
            if (suggestions.size() == count) {
                break;
            }
            left.take(best.get().index());
            if (!repeats) {
                left.close(questions, questions[best.get().index()]);
            }
            best = left.best();
        }
        return new DOptimalDesign(suggestions, total);
    }
}
