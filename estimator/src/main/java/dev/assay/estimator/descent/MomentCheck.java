package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Aliasing;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.ScaledCondition;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What the moments alone prove: that the judgments cannot determine the parameters. MODEL §1, identifiability.
 *
 * @param found          why not; empty if nothing is wrong
 * @param curable        whether something is wrong that a prior can make up for
 * @param wantsPrecision whether float32 sums are not good enough to tell, or to step by
 * @param aliasing       parameters without which the others may still be determined
 */
record MomentCheck(List<Diagnostic> found, boolean curable, boolean wantsPrecision, Aliasing aliasing) {
    /** Condition number from which on a matrix counts as singular. */
    static final double WORST_CONDITION = 1e10;

    private static final double WORST_FOR_FLOATS = 1e4;
    private static final double LEAST_FOR_FLOATS = 1e-16; // mean square of a feature
    private static final double LARGEST_FOR_FLOATS = 1e16;

    static MomentCheck of(Answer moments, Parameters point) {
        int d = point.reward().size();
        int k = point.rationality().size();
        if (moments.count() == 0 || !(moments.weight() > 0)) {
            return new MomentCheck(List.of(withoutJudgments(moments)), false, false, Aliasing.none(d + k));
        }
        List<Diagnostic> found = new ArrayList<>();
        if (moments.count() < d + k) {
            found.add(new Diagnostic(
                    "too-few-judgments",
                    moments.count(),
                    String.format(Locale.ROOT, "%d judgments cannot determine %d parameters", moments.count(), d + k)));
        }
        PackedSymmetric differences = PackedSymmetric.of(d, moments.moments().difference());
        PackedSymmetric contexts = PackedSymmetric.of(k + 1, moments.moments().context());
        double worst = Math.max(checkDifferences(differences, found), checkContexts(contexts, found));
        boolean extreme = extreme(differences, moments.weight()) || extreme(contexts, moments.weight());
        boolean offset = contexts.get(0, 0) > 0;
        return new MomentCheck(
                found,
                offset && !found.isEmpty(),
                extreme || worst > WORST_FOR_FLOATS,
                aliasing(differences, contexts, worst));
    }

    /** The offset is the first of the contexts: what depends on it is set aside, never the offset itself. */
    private static Aliasing aliasing(PackedSymmetric differences, PackedSymmetric contexts, double worst) {
        int d = differences.size();
        int k = contexts.size() - 1;
        if (worst <= WORST_CONDITION || !(contexts.get(0, 0) > 0)) {
            return Aliasing.none(d + k);
        }
        Aliasing reward = Aliasing.of(differences);
        return reward.columns().size() == d // A reward of nothing can be no reward.
                ? Aliasing.none(d + k)
                : reward.concat(Aliasing.of(contexts).slice(1, k + 1));
    }

    static Diagnostic withoutJudgments(Answer answer) {
        return new Diagnostic(
                "no-judgments",
                answer.count(),
                String.format(Locale.ROOT, "there are %d judgments and none has a weight", answer.count()));
    }

    private static boolean extreme(PackedSymmetric moment, double weight) {
        for (int i = 0; i < moment.size(); i++) {
            double square = moment.get(i, i) / weight;
            if (!(square >= LEAST_FOR_FLOATS && square <= LARGEST_FOR_FLOATS)) {
                return true;
            }
        }
        return false;
    }

    /** @return the condition number */
    private static double checkDifferences(PackedSymmetric moment, List<Diagnostic> found) {
        ScaledCondition condition = ScaledCondition.of(moment);
        if (condition.number() <= WORST_CONDITION) {
            return condition.number();
        }
        String columns = names(condition.columns(), "z", 0);
        boolean zero =
                moment.get(condition.columns().get(0), condition.columns().get(0)) <= 0;
        found.add(new Diagnostic(
                "rank-deficient-features",
                condition.number(),
                zero
                        ? "the feature difference is 0 in every judgment in " + columns
                                + ": constants and prompt-only features cancel"
                        : "the feature differences depend linearly on each other in " + columns));
        return condition.number();
    }

    /** @return the condition number */
    private static double checkContexts(PackedSymmetric moment, List<Diagnostic> found) {
        ScaledCondition condition = ScaledCondition.of(moment);
        if (condition.number() <= WORST_CONDITION) {
            return condition.number();
        }
        List<Integer> columns = condition.columns();
        boolean zero = moment.get(columns.get(0), columns.get(0)) <= 0;
        boolean offset = columns.contains(0);
        String names = names(columns.stream().filter(column -> column > 0).toList(), "psi", -1);
        String message;
        if (zero) {
            message = offset ? "the offset ψ₀ is 0 in every judgment" : "0 in every judgment: " + names;
        } else {
            message = offset
                    ? "the offset ψ₀ lies in the span of " + names
                            + ": a constant adds nothing to it, and a one-hot attribute drops its reference level"
                    : "the context features depend linearly on each other in " + names;
        }
        found.add(new Diagnostic("rank-deficient-context", condition.number(), message));
        return condition.number();
    }

    /** As in "z[0], z[4]". */
    static String names(List<Integer> columns, String name, int shift) {
        return columns.stream()
                .map(column -> name + "[" + (column + shift) + "]")
                .collect(Collectors.joining(", "));
    }
}
