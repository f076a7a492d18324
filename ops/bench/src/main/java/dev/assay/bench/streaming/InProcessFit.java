package dev.assay.bench.streaming;

import dev.assay.bench.SecondQuestion;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.descent.AlternatingDescent;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.LbfgsDescent;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.StoreShard;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.wire.JudgmentCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The same judgments, admitted by the same rules, in one store, fitted with two threads and no topic. */
final class InProcessFit {
    private static final int THREADS = 2;

    private final FloatComparisonStore store = new FloatComparisonStore(Trial.D, Trial.K);
    private final StoreShard shard = new StoreShard(store, THREADS);
    private final Map<String, Integer> annotators = new HashMap<>();
    private final JudgmentCodec codec = new JudgmentCodec();
    private final Admit admit;
    private final FitConfig config;

    InProcessFit(Trial trial) {
        admit = new Admit(trial.deployment().contextSpec(), trial.deployment().featureSpace());
        config = trial.deployment().fitConfig();
    }

    void add(Workload workload, int from, int to) {
        for (int i = from; i < to; i++) {
            Admission.Admitted admitted = (Admission.Admitted) admit.admit(codec.encode(workload.judgment(i)));
            String annotator = Objects.requireNonNull(admitted.key().getAnnotatorId());
            int number = annotators.computeIfAbsent(annotator, unseen -> annotators.size());
            Workload.hold(store, i, number, admitted.comparison());
        }
    }

    Fit cold() {
        return fit(new AlternatingDescent(config), Start.cold(Trial.D, Trial.K));
    }

    Fit resumed(Fit before) {
        return fit(new LbfgsDescent(config), Start.resumed(before));
    }

    private Fit fit(Descent descent, Start start) {
        return descent.fit(start, List.of(shard));
    }

    /** Seconds of one pass that takes information and C, the median of some. */
    double informationPassSeconds() {
        Question information = SecondQuestion.of(Method.NEWTON, Trial.D, Trial.K, shard);
        double[] seconds = new double[5];
        for (int i = 0; i < seconds.length; i++) {
            long begin = System.nanoTime();
            shard.answer(information);
            seconds[i] = (System.nanoTime() - begin) / 1e9;
        }
        return Figures.median(seconds);
    }
}
