package dev.assay.lab.simulate;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Comparison;
import dev.assay.estimator.choice.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** Votes by MODEL (1) on prompts with normal candidates and one context feature. */
record DrawnVotes(Parameters truth, int prompts, int candidates, int annotators, int lengthFeature) {
    JudgedPrompts judged(int votes) {
        SplittableRandom random = new SplittableRandom(9);
        int d = truth.reward().size();
        List<List<Vector>> drawn = new ArrayList<>();
        for (int prompt = 0; prompt < prompts; prompt++) {
            drawn.add(Stream.generate(() -> Vector.of(
                            DoubleStream.generate(random::nextGaussian).limit(d).toArray()))
                    .limit(candidates)
                    .toList());
        }
        List<JudgedPrompts.Vote> all = new ArrayList<>();
        for (int i = 0; i < votes; i++) {
            int prompt = random.nextInt(prompts);
            int first = random.nextInt(candidates);
            int second = (first + 1 + random.nextInt(candidates - 1)) % candidates;
            Vector difference =
                    drawn.get(prompt).get(first).minus(drawn.get(prompt).get(second));
            Comparison asked = new Comparison(1, Vector.of(random.nextDouble() - 0.5), difference, 0.5, 1);
            double preference = random.nextDouble() < ChoiceModel.probability(asked.margin(truth)) ? 1 : 0;
            all.add(new JudgedPrompts.Vote(
                    i % annotators,
                    prompt,
                    first,
                    second,
                    new Comparison(1, asked.context(), difference, preference, 1)));
        }
        return new JudgedPrompts("test", drawn, all, lengthFeature);
    }
}
