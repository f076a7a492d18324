package dev.assay.bench;

import dev.assay.estimator.algebra.Blas;
import dev.assay.estimator.columns.FloatComparisonStore;
import dev.assay.estimator.descent.Descent;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.FitConfig;
import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.Start;
import dev.assay.estimator.sums.Shard;
import dev.assay.estimator.sums.StoreShard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long does a fit of 200,000 judgments take, cold, and warm after 5 % more? Beside {@code ops/bench/reference.py} on the
 * same file: {@code ops/bench/fit}. Prints the best and the median of some runs, after some that warm the compiler up.
 */
public final class FitRace {
    private static final double TOLERANCE = 1e-6; // standard errors a parameter, as the peer's

    private FitRace() {}

    /** @param args file, d, k, threads, runs */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        int d = Integer.parseInt(args[1]);
        int k = Integer.parseInt(args[2]);
        int threads = Integer.parseInt(args[3]);
        int runs = Integer.parseInt(args[4]);
        FloatComparisonStore store = new FloatComparisonStore(d, k);
        FloatFile.read(file, d, k, store);
        Shard shard = new StoreShard(store, threads);
        System.out.printf(
                Locale.ROOT,
                "%s, Java %s, %s, %d rows, %d threads%n",
                file.getFileName(),
                System.getProperty("java.version"),
                Blas.implementation(),
                store.size(),
                threads);
        FitConfig config = new FitConfig(60, TOLERANCE).withoutSandwich(); // the peers make none either
        Fit last = null;
        for (Method method : Method.values()) {
            Descent descent = method.descent(config.withMaxRounds(method.maxRounds()));
            last = race(method.label(), descent, Start.cold(d, k), shard, runs);
        }
        Path extra = file.resolveSibling(file.getFileName() + ".extra");
        if (last != null && Files.exists(extra)) {
            FloatFile.read(extra, d, k, store);
            Descent descent = Method.ALTERNATING.descent(config);
            race("cold, " + store.size() + " rows", descent, Start.cold(d, k), shard, runs);
            race("warm, " + store.size() + " rows", Method.LBFGS.descent(config), Start.resumed(last), shard, runs);
        }
    }

    private static Fit race(String name, Descent descent, Start start, Shard shard, int runs) {
        Fit fit = descent.fit(start, List.of(shard));
        descent.fit(start, List.of(shard));
        double[] seconds = new double[runs];
        for (int run = 0; run < runs; run++) {
            long begin = System.nanoTime();
            fit = descent.fit(start, List.of(shard));
            seconds[run] = (System.nanoTime() - begin) / 1e9;
        }
        Arrays.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "%-24s %3d passes   best %.3f s   median %.3f s   %s   log-likelihood %.6f%n",
                name,
                fit.rounds(),
                seconds[0],
                seconds[runs / 2],
                fit.status(),
                fit.logLikelihood());
        return fit;
    }
}
