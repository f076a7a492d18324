package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.Candidate;
import dev.assay.estimator.selection.Centring;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Real judgments in two, by prompt: a quarter of the prompts is what estimates are wanted for, and votes on the others can be
 * asked for.
 *
 * @param pool    votes that can be asked for, shuffled
 * @param prompts features φ of the candidates of each prompt held out
 * @param heldOut the votes on those
 */
record SuggestSplit(List<JudgedPrompts.Vote> pool, List<List<Vector>> prompts, List<JudgedPrompts.Vote> heldOut) {
    private static final int HELD_OUT = 4; // one prompt of so many

    static SuggestSplit of(JudgedPrompts data, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> order = new ArrayList<>();
        for (int prompt = 0; prompt < data.candidates().size(); prompt++) {
            order.add(prompt);
        }
        JudgmentSplit.shuffle(order, random);
        List<Integer> apart = order.subList(0, Math.max(1, order.size() / HELD_OUT));
        List<JudgedPrompts.Vote> pool = new ArrayList<>();
        List<JudgedPrompts.Vote> heldOut = new ArrayList<>();
        for (JudgedPrompts.Vote vote : data.votes()) {
            (apart.contains(vote.prompt()) ? heldOut : pool).add(vote);
        }
        JudgmentSplit.shuffle(pool, random);
        return new SuggestSplit(pool, apart.stream().map(data.candidates()::get).toList(), heldOut);
    }

    /** The same judgments in fewer features: the leading components, and the length if there is one. */
    static JudgedPrompts leading(JudgedPrompts data, int components) {
        int length = data.length() < components ? -1 : data.length();
        List<List<Vector>> candidates = data.candidates().stream()
                .map(prompt -> prompt.stream()
                        .map(features -> leading(features, components, length))
                        .toList())
                .toList();
        List<JudgedPrompts.Vote> votes = data.votes().stream()
                .map(vote -> new JudgedPrompts.Vote(
                        vote.annotator(),
                        vote.prompt(),
                        vote.first(),
                        vote.second(),
                        new Comparison(
                                vote.comparison().offset(),
                                vote.comparison().context(),
                                leading(vote.comparison().difference(), components, length),
                                vote.comparison().preference(),
                                vote.comparison().weight())))
                .toList();
        return new JudgedPrompts(data.title(), candidates, votes, length < 0 ? data.length() : components);
    }

    private static Vector leading(Vector features, int components, int length) {
        Vector first = features.slice(0, Math.min(components, features.size()));
        return length < 0 ? first : first.concat(Vector.of(features.get(length)));
    }

    /** Rewards of all candidates held out. */
    List<Interval> rewards(Inference inference, Centring centring) {
        return prompts.stream()
                .flatMap(candidates -> Candidate.all(candidates, inference, centring).stream())
                .map(Candidate::reward)
                .toList();
    }

    /** Mean of −log P of the votes held out, in nats. */
    double logLoss(Parameters parameters) {
        return comparisons()
                .mapToDouble(vote -> -ChoiceModel.logLikelihood(vote.margin(parameters), vote.preference()))
                .average()
                .orElse(Double.NaN);
    }

    /** Of the votes held out that are no ties, the share that the sign of the margin has right. */
    double accuracy(Parameters parameters) {
        return comparisons()
                .filter(vote -> vote.preference() != 0.5)
                .mapToDouble(vote -> (vote.preference() > 0.5) == (vote.margin(parameters) > 0) ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private Stream<Comparison> comparisons() {
        return heldOut.stream().map(JudgedPrompts.Vote::comparison);
    }
}
