package dev.assay.lab.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Judgments in two, by annotator: nobody's votes are both learnt from and judged by.
 *
 * @param pool    to learn from, shuffled, so that the first ones are a sample
 * @param heldOut to judge by
 * @param choices prompts that are chosen on: all of them, or the half nothing in the pool is about
 */
record JudgmentSplit(List<JudgedPrompts.Vote> pool, List<JudgedPrompts.Vote> heldOut, List<Integer> choices) {
    /**
     * @param apart whether half of the prompts are kept out of the pool and chosen on; else all are both
     */
    static JudgmentSplit of(JudgedPrompts data, boolean apart, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Boolean> learnsFrom = halves(data.annotators(), random);
        List<Boolean> known = halves(data.candidates().size(), random);
        List<JudgedPrompts.Vote> pool = new ArrayList<>();
        List<JudgedPrompts.Vote> heldOut = new ArrayList<>();
        for (JudgedPrompts.Vote vote : data.votes()) {
            if (!learnsFrom.get(vote.annotator())) {
                heldOut.add(vote);
            } else if (!apart || known.get(vote.prompt())) {
                pool.add(vote);
            }
        }
        shuffle(pool, random);
        List<Integer> chosenOn = new ArrayList<>();
        for (int prompt = 0; prompt < known.size(); prompt++) {
            if (!apart || !known.get(prompt)) {
                chosenOn.add(prompt);
            }
        }
        return new JudgmentSplit(pool, heldOut, chosenOn);
    }

    private static List<Boolean> halves(int size, SplittableRandom random) {
        List<Boolean> halves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            halves.add(i < (size + 1) / 2);
        }
        shuffle(halves, random);
        return halves;
    }

    static <T> void shuffle(List<T> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            T moved = list.get(i);
            list.set(i, list.get(other));
            list.set(other, moved);
        }
    }
}
