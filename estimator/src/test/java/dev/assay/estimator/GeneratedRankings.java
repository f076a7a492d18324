package dev.assay.estimator;

import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.RankingStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rankings with known parameters, and their likelihood by a formula written for itself: log of a product of quotients. */
public final class GeneratedRankings {
    /**
     * One ranking.
     *
     * @param cluster  number of the annotator or -1
     * @param features K × d
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Ranked(int cluster, float offset, float weight, float[] context, int[] ranks, float[] features) {
        public void into(RankingStore store, long key) {
            store.upsert(key, key, cluster, offset, weight, context, ranks, features);
        }

        public double logLikelihood(double[] at) {
            int d = features.length / ranks.length;
            double sigma = offset;
            for (int j = 0; j < context.length; j++) {
                sigma += at[d + j] * context[j];
            }
            double[] logits = new double[ranks.length];
            for (int i = 0; i < features.length; i++) {
                logits[i / d] += sigma * at[i % d] * features[i];
            }
            int worst = 0;
            for (int rank : ranks) {
                worst = Math.max(worst, rank);
            }
            double sum = 0;
            for (int rank = 1; rank <= worst; rank++) {
                sum += stage(logits, rank, rank == worst);
            }
            return weight * sum;
        }

        private double stage(double[] logits, int rank, boolean last) {
            double total = 0;
            double chosen = 0;
            int members = 0;
            int options = 0;
            for (int i = 0; i < logits.length; i++) {
                if (ranks[i] >= rank) {
                    total += Math.exp(logits[i]);
                    options++;
                }
                if (ranks[i] == rank) {
                    chosen += logits[i];
                    members++;
                }
            }
            boolean saysNothing = members == 0 || (last && options < logits.length);
            return saysNothing ? 0 : chosen / members - Math.log(total);
        }
    }

    private final SplittableRandom random;
    private final int d;
    private final int k;
    private final double[] truth;
    private int fewest = 2;
    private int most = 6;
    private double ties = 0.2;
    private int annotators = 12;

    public GeneratedRankings(long seed, int rewardDimension, int rationalityDimension) {
        random = new SplittableRandom(seed);
        d = rewardDimension;
        k = rationalityDimension;
        truth = new double[d + k];
        for (int i = 0; i < d; i++) {
            truth[i] = random.nextDouble(-1, 1) * 2 / Math.sqrt(d);
        }
        for (int j = d; j < d + k; j++) {
            truth[j] = random.nextDouble(-0.5, 0.5);
        }
    }

    public GeneratedRankings responses(int from, int to) {
        fewest = from;
        most = to;
        return this;
    }

    /** @param share of rankings in which neighbours are tied now and then */
    public GeneratedRankings ties(double share) {
        ties = share;
        return this;
    }

    /** @param count 0: each ranking its own cluster */
    public GeneratedRankings annotators(int count) {
        annotators = count;
        return this;
    }

    public Parameters truth() {
        return Parameters.of(truth, d);
    }

    public List<Ranked> next(int count) {
        List<Ranked> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(next());
        }
        return all;
    }

    public RankingStore store(List<Ranked> rankings) {
        RankingStore store = new RankingStore(d, k);
        for (int i = 0; i < rankings.size(); i++) {
            rankings.get(i).into(store, i);
        }
        return store;
    }

    /** Drawn choice by choice; every number is a multiple of 1/64, so that differences are exact in float32. */
    public Ranked next() {
        int responses = random.nextInt(fewest, most + 1);
        float[] context = new float[k];
        double sigma = 1;
        for (int j = 0; j < k; j++) {
            context[j] = coarse(1);
            sigma += truth[d + j] * context[j];
        }
        float[] features = new float[responses * d];
        double[] logits = new double[responses];
        for (int i = 0; i < features.length; i++) {
            features[i] = coarse(2);
            logits[i / d] += sigma * truth[i % d] * features[i];
        }
        int[] ranks = ranks(logits);
        int cluster = annotators == 0 ? -1 : random.nextInt(-1, annotators);
        return new Ranked(cluster, 1, ties == 0 ? 1 : random.nextInt(4) / 2f, context, ranks, features);
    }

    private int[] ranks(double[] logits) {
        int responses = logits.length;
        int[] ranks = new int[responses];
        boolean withTies = random.nextDouble() < ties;
        int rank = 1;
        for (int placed = 0; placed < responses; placed++) {
            double total = 0;
            for (int i = 0; i < responses; i++) {
                total += ranks[i] == 0 ? Math.exp(logits[i]) : 0;
            }
            double left = random.nextDouble() * total;
            int chosen = -1;
            for (int i = 0; i < responses && left >= 0; i++) {
                if (ranks[i] == 0) {
                    chosen = i;
                    left -= Math.exp(logits[i]);
                }
            }
            rank = withTies && placed > 0 && random.nextInt(2) == 0 ? rank : placed + 1;
            ranks[chosen] = rank;
        }
        return ranks;
    }

    private float coarse(double width) {
        return (float) (Math.rint(random.nextDouble(-width, width) * 64) / 64);
    }
}
