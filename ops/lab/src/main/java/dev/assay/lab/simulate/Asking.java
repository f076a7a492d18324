package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.selection.DOptimalDesign;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides which votes of a pool come next; what a vote says shows only once it has been taken. */
abstract class Asking {
    private Asking() {}

    /** The orders that are compared. */
    enum Order {
        RANDOM("random order") {
            @Override
            Asking over(List<JudgedPrompts.Vote> pool, List<JudgedPrompts.Vote> first) {
                return new AsTheyCome(pool);
            }
        },
        PAIRS("suggested pairs") {
            @Override
            Asking over(List<JudgedPrompts.Vote> pool, List<JudgedPrompts.Vote> first) {
                return new Suggested(pool, pairs(first), false);
            }
        },
        JUDGMENTS("suggested votes") {
            @Override
            Asking over(List<JudgedPrompts.Vote> pool, List<JudgedPrompts.Vote> first) {
                return new Suggested(pool, pairs(first), true);
            }
        };

        private final String text;

        Order(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        /**
         * @param pool  shuffled
         * @param first votes that were taken already
         */
        abstract Asking over(List<JudgedPrompts.Vote> pool, List<JudgedPrompts.Vote> first);
    }

    /**
     * @param fit   of all taken so far, converged
     * @param usual mean context of all taken so far
     * @return so many votes, taken out of the pool; fewer at its end
     */
    abstract List<JudgedPrompts.Vote> next(Fit fit, Vector usual, int count);

    /** The responses of a vote, whichever was first. */
    private record Pair(int prompt, int lower, int higher) {
        static Pair of(JudgedPrompts.Vote vote) {
            return new Pair(
                    vote.prompt(), Math.min(vote.first(), vote.second()), Math.max(vote.first(), vote.second()));
        }
    }

    private static final class AsTheyCome extends Asking {
        private final List<JudgedPrompts.Vote> left;

        AsTheyCome(List<JudgedPrompts.Vote> pool) {
            left = new ArrayList<>(pool);
        }

        @Override
        List<JudgedPrompts.Vote> next(Fit fit, Vector usual, int count) {
            List<JudgedPrompts.Vote> first = left.subList(0, Math.min(count, left.size()));
            List<JudgedPrompts.Vote> taken = List.copyOf(first);
            first.clear();
            return taken;
        }
    }

    /**
     * Votes on pairs that D-optimality suggests, one vote a pair: features explain little of why one response is preferred
     * to another, so a second vote on a pair teaches much less of θ than the model thinks.
     */
    private static final class Suggested extends Asking {
        private final boolean callsAnnotators;
        private final List<JudgedPrompts.Vote> left;

        /** @param callsAnnotators whether it is known who would judge; else each pair has the one vote that comes next */
        Suggested(List<JudgedPrompts.Vote> pool, Set<Pair> judged, boolean callsAnnotators) {
            this.callsAnnotators = callsAnnotators;
            Set<Pair> seen = new HashSet<>(judged);
            left = pool.stream()
                    .filter(vote -> callsAnnotators ? !judged.contains(Pair.of(vote)) : seen.add(Pair.of(vote)))
                    .collect(Collectors.toCollection(ArrayList::new));
        }

        @Override
        List<JudgedPrompts.Vote> next(Fit fit, Vector usual, int count) {
            List<Comparison> options = left.stream()
                    .map(JudgedPrompts.Vote::comparison)
                    .map(vote -> callsAnnotators
                            ? vote
                            : new Comparison(vote.offset(), usual, vote.difference(), 0.5, vote.weight()))
                    .toList();
            Map<Pair, Integer> numbers = new HashMap<>();
            int[] questions = left.stream()
                    .mapToInt(vote -> numbers.computeIfAbsent(Pair.of(vote), unseen -> numbers.size()))
                    .toArray();
            // J is positive definite: the fit converged, and intervals were made of it.
            Cholesky information = Cholesky.of(fit.information()).orElseThrow();
            List<JudgedPrompts.Vote> taken =
                    DOptimalDesign.ofQuestions(fit.parameters(), information, options, questions, count)
                            .suggestions()
                            .stream()
                            .map(suggestion -> left.get(suggestion.index()))
                            .toList();
            Set<Pair> judged = pairs(taken);
            left.removeIf(vote -> judged.contains(Pair.of(vote)));
            return taken;
        }
    }

    private static Set<Pair> pairs(List<JudgedPrompts.Vote> votes) {
        return votes.stream().map(Pair::of).collect(Collectors.toSet());
    }
}
