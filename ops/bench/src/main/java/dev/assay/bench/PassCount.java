package dev.assay.bench;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How many passes does each method take until ‖∇ℓ/n‖∞ ≤ 1e-8, moments and start included, beside MODEL §6? {@code ops/bench/passes} */
public final class PassCount {
    private static final double BOUND = 1e-8;

    private PassCount() {}

    /** @param args name, file, d, k, threads */
    public static void main(String[] args) throws IOException {
        int d = Integer.parseInt(args[2]);
        int k = Integer.parseInt(args[3]);
        FloatComparisonStore store = new FloatComparisonStore(d, k);
        FloatFile.read(Path.of(args[1]), d, k, store);
        Shard shard = new StoreShard(store, Integer.parseInt(args[4]));
        StringBuilder line = new StringBuilder(args[0]);
        for (Method method : Method.values()) {
            List<Answer> answers = new ArrayList<>();
            Shard watched = order -> {
                answers.add(shard.answer(order));
                return answers.get(answers.size() - 1);
            };
            Descent descent = method.descent(FitConfig.DEFAULTS.withMaxRounds(method.maxRounds()));
            int all = descent.fit(Start.cold(d, k), List.of(watched)).rounds();
            int passes = 0;
            while (passes < answers.size() && !small(answers.get(passes))) {
                passes++;
            }
            line.append(String.format(Locale.ROOT, "   %s %d (of %d)", method.label(), passes + 1, all));
        }
        System.out.println(line);
    }

    private static boolean small(Answer answer) {
        if (!answer.hasStatistics()) {
            return false;
        }
        Vector score = answer.statistics().score();
        for (int i = 0; i < score.size(); i++) {
            if (Math.abs(score.get(i)) > BOUND * answer.weight()) {
                return false;
            }
        }
        return true;
    }
}
