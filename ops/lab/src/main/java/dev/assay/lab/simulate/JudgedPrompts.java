package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import java.util.List;

/**
 * Real judgments on prompts with candidates.
 *
 * @param title      what they are, for people
 * @param candidates features φ of the responses to each prompt
 * @param votes      one a judgment
 * @param length     index of the feature that is the response's length; negative if there is none
 */
public record JudgedPrompts(String title, List<List<Vector>> candidates, List<Vote> votes, int length) {
    public JudgedPrompts {
        candidates = List.copyOf(candidates);
        votes = List.copyOf(votes);
        Require.that(!votes.isEmpty(), "there must be votes on %s", title);
    }

    /**
     * A judgment, with who made it and on what.
     *
     * @param annotator number, from 0
     * @param prompt    number, from 0
     * @param first     number of the first response among the prompt's candidates
     * @param second    number of the other
     */
    public record Vote(int annotator, int prompt, int first, int second, Comparison comparison) {}

    int annotators() {
        return 1 + votes.stream().mapToInt(Vote::annotator).max().orElseThrow();
    }
}
