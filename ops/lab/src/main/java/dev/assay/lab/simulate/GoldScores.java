package dev.assay.lab.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How good candidates are by votes no fit has seen: the share of its comparisons a candidate won, a tie half, shrunk
 * towards a half by four more comparisons. Where nearly every pair was judged that needs no model of ours.
 *
 * @param winRates by prompt and candidate
 */
record GoldScores(List<List<Double>> winRates) {
    private static final double PRIOR = 4; // comparisons, half of them won

    static GoldScores of(JudgedPrompts data, List<JudgedPrompts.Vote> heldOut) {
        List<List<Double>> winRates = new ArrayList<>();
        double[][] won = new double[data.candidates().size()][];
        double[][] all = new double[won.length][];
        for (int prompt = 0; prompt < won.length; prompt++) {
            int size = data.candidates().get(prompt).size();
            won[prompt] = new double[size];
            all[prompt] = new double[size];
            Arrays.fill(won[prompt], PRIOR / 2);
            Arrays.fill(all[prompt], PRIOR);
        }
        for (JudgedPrompts.Vote vote : heldOut) {
            double preference = vote.comparison().preference();
            won[vote.prompt()][vote.first()] += preference;
            won[vote.prompt()][vote.second()] += 1 - preference;
            all[vote.prompt()][vote.first()]++;
            all[vote.prompt()][vote.second()]++;
        }
        for (int prompt = 0; prompt < won.length; prompt++) {
            List<Double> rates = new ArrayList<>();
            for (int candidate = 0; candidate < won[prompt].length; candidate++) {
                rates.add(won[prompt][candidate] / all[prompt][candidate]);
            }
            winRates.add(rates);
        }
        return new GoldScores(winRates);
    }

    int best(int prompt) {
        List<Double> rates = winRates.get(prompt);
        return IntStream.range(0, rates.size())
                .boxed()
                .max(Comparator.comparingDouble(rates::get))
                .orElseThrow();
    }

    /** Win rate of the best less that of the chosen, at least 0. */
    double regret(int prompt, int chosen) {
        return winRates.get(prompt).get(best(prompt)) - winRates.get(prompt).get(chosen);
    }

    /** Of a candidate taken by chance. */
    double chanceRegret(int prompt) {
        double mean = winRates.get(prompt).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        return winRates.get(prompt).get(best(prompt)) - mean;
    }
}
