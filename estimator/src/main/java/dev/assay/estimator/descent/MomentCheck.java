package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.ScaledCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the moments alone prove: that the judgments cannot determine the parameters. MODEL §1, identifiability. */
final class MomentCheck {
    /** Condition number from which on a matrix counts as singular. */
    static final double WORST_CONDITION = 1e10;

    private MomentCheck() {}

    /** Empty if nothing is wrong. */
    static List<Diagnostic> of(ShardSum moments, int d, int k) {
        if (moments.count() == 0 || !(moments.weight() > 0)) {
            return List.of(new Diagnostic(
                    "no-judgments",
                    moments.count(),
                    String.format(Locale.ROOT, "there are %d judgments and none has a weight", moments.count())));
        }
        List<Diagnostic> found = new ArrayList<>();
        if (moments.count() < d + k) {
            found.add(new Diagnostic(
                    "too-few-judgments",
                    moments.count(),
                    String.format(Locale.ROOT, "%d judgments cannot determine %d parameters", moments.count(), d + k)));
        }
        checkDifferences(PackedSymmetric.of(d, moments.differenceMoment()), found);
        checkContexts(PackedSymmetric.of(k + 1, moments.contextMoment()), found);
        return found;
    }

    private static void checkDifferences(PackedSymmetric moment, List<Diagnostic> found) {
        ScaledCondition condition = ScaledCondition.of(moment);
        if (condition.number() <= WORST_CONDITION) {
            return;
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
    }

    private static void checkContexts(PackedSymmetric moment, List<Diagnostic> found) {
        ScaledCondition condition = ScaledCondition.of(moment);
        if (condition.number() <= WORST_CONDITION) {
            return;
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
    }

    /** As in "z[0], z[4]". */
    static String names(List<Integer> columns, String name, int shift) {
        return columns.stream()
                .map(column -> name + "[" + (column + shift) + "]")
                .collect(Collectors.joining(", "));
    }
}
