package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.OuterSum;
import dev.assay.estimator.algebra.Scratch;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.choice.PlackettLuce;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.RankingBlock;
import java.util.Arrays;
import java.util.List;

/**
 * What rankings add to the sums of a {@link StatisticsPass}, whose arrays it shares: MODEL (22), so that one annotator's pairs
 * and rankings are one cluster. In float64 throughout. With e the residuals and (weight, c) the contrasts of {@link
 * PlackettLuce}: score w (σ Σ e_i φ_i, (Σ e_i θᵀφ_i) ψ), information Σ w weight (σ cᵀφ, (cᵀφθ) ψ)(…)ᵀ.
 */
final class RankingPass {
    private final Wanted wanted;
    private final int d;
    private final int k;
    private final double[] reward;
    private final double[] rationality;
    private final double[][] trialRewards;
    private final double[][] trialRationalities;
    private final double[] score;
    private final double[] cross;
    private final OuterRows information;
    private final OuterRows meat;
    private final ClusterScores clusters;
    private final PlackettLuce model = new PlackettLuce();
    private final int[] ranks = new int[PlackettLuce.MOST_RESPONSES];
    private final double[] rewards = new double[PlackettLuce.MOST_RESPONSES];
    private final double[] logits = new double[PlackettLuce.MOST_RESPONSES];
    private double[] features = new double[0];
    private final double[] slope; // Σ e_i φ_i
    private double logLikelihood;
    private final double[] trialLogLikelihoods;
    private double ownClusters;
    private double totalWeight;
    private double minimumSignedMargin = Double.POSITIVE_INFINITY;
    private double nonPositiveRationality;

    RankingPass(
            Question question,
            double[] score,
            double[] cross,
            OuterSum information,
            OuterSum meat,
            ClusterScores clusters) {
        Parameters at = question.point();
        List<Parameters> trials = question.trials();
        wanted = question.wanted();
        d = at.reward().size();
        k = at.rationality().size();
        reward = at.reward().toArray();
        rationality = at.rationality().toArray();
        trialRewards = trials.stream().map(trial -> trial.reward().toArray()).toArray(double[][]::new);
        trialRationalities =
                trials.stream().map(trial -> trial.rationality().toArray()).toArray(double[][]::new);
        trialLogLikelihoods = new double[trials.size()];
        this.score = score;
        this.cross = cross;
        this.information = new OuterRows(information, d + k);
        this.meat = new OuterRows(meat, d + k);
        this.clusters = clusters;
        slope = new double[d];
    }

    /** @param sign 1 to add the rankings, -1 to take them out again (all but the margins' minimum) */
    void add(RankingBlock block, double sign) {
        int responses = block.responses();
        features = Scratch.atLeast(features, responses * d);
        for (int r = 0; r < block.rows(); r++) {
            double weight = block.weight(r);
            totalWeight += sign * weight;
            if (weight > 0) {
                block.ranks(r, ranks);
                block.features(r, features);
                addTrials(block, r, sign * weight);
                if (wanted.gradient()) {
                    addAtPoint(block, r, weight, sign);
                }
            }
        }
    }

    private void addTrials(RankingBlock block, int r, double weight) {
        for (int trial = 0; trial < trialLogLikelihoods.length; trial++) {
            setLogits(trialRewards[trial], block.rationality(r, trialRationalities[trial]), block.responses());
            trialLogLikelihoods[trial] += weight * model.logLikelihood(logits, ranks, block.responses());
        }
    }

    private void setLogits(double[] at, double sigma, int responses) {
        for (int i = 0; i < responses; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                sum += at[j] * features[i * d + j];
            }
            rewards[i] = sum;
            logits[i] = sigma * sum;
        }
    }

    private void addAtPoint(RankingBlock block, int r, double weight, double sign) {
        int responses = block.responses();
        double sigma = block.rationality(r, rationality);
        setLogits(reward, sigma, responses);
        model.compute(logits, ranks, responses);
        logLikelihood += sign * weight * model.logLikelihood();
        minimumSignedMargin = Math.min(minimumSignedMargin, model.minimumSignedMargin());
        nonPositiveRationality += sigma <= 0 ? sign * weight : 0;
        double along = setSlope(responses);
        addScaled(block, r, sign * weight * sigma, sign * weight * along, score, 0);
        if (wanted.statistics()) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < k; j++) {
                    cross[i * k + j] += sign * weight * slope[i] * block.context(r, j);
                }
            }
            addInformation(block, r, weight, sigma, sign);
        }
        if (wanted.clusters()) {
            addToClusters(block, r, weight, sigma, along, sign);
        }
    }

    /** Σ e_i φ_i; returns Σ e_i θᵀφ_i. */
    private double setSlope(int responses) {
        double along = 0;
        Arrays.fill(slope, 0);
        for (int i = 1; i < responses; i++) { // φ of the first is 0
            double residual = model.residual(i);
            along += residual * rewards[i];
            for (int j = 0; j < d; j++) {
                slope[j] += residual * features[i * d + j];
            }
        }
        return along;
    }

    private void addScaled(RankingBlock block, int r, double slopeFactor, double contextFactor, double[] sum, int at) {
        for (int j = 0; j < d; j++) {
            sum[at + j] += slopeFactor * slope[j];
        }
        for (int j = 0; j < k; j++) {
            sum[at + d + j] += contextFactor * block.context(r, j);
        }
    }

    private void addInformation(RankingBlock block, int r, double weight, double sigma, double sign) {
        model.eliminate();
        for (int option = 1; option < block.responses(); option++) {
            double root = Math.sqrt(weight * model.contrastWeight(option));
            if (root == 0) {
                continue;
            }
            int at = information.next(sign);
            double[] row = information.values();
            Contrasts.fill(model, option, features, d, root * sigma, row, at);
            double contrast = root * Contrasts.of(model, option, rewards);
            for (int j = 0; j < k; j++) {
                row[at + d + j] = contrast * block.context(r, j);
            }
        }
    }

    private void addToClusters(RankingBlock block, int r, double weight, double sigma, double along, double sign) {
        int cluster = block.cluster(r);
        if (cluster == ComparisonBlock.OWN_CLUSTER) {
            ownClusters += sign * weight;
            int at = meat.next(sign);
            Arrays.fill(meat.values(), at, at + d + k, 0);
            double root = Math.sqrt(weight);
            addScaled(block, r, root * sigma, root * along, meat.values(), at);
        } else {
            double[] sum = clusters.change(cluster, sign > 0 ? 1 : -1);
            addScaled(block, r, sign * weight * sigma, sign * weight * along, sum, 0);
        }
    }

    /** Brings what is pending into the shared sums. */
    void flush() {
        information.flush();
        meat.flush();
    }

    /** Scalars alone: the shared sums are absorbed by whose they are. */
    void absorb(RankingPass later) {
        logLikelihood += later.logLikelihood;
        for (int i = 0; i < trialLogLikelihoods.length; i++) {
            trialLogLikelihoods[i] += later.trialLogLikelihoods[i];
        }
        ownClusters += later.ownClusters;
        totalWeight += later.totalWeight;
        minimumSignedMargin = Math.min(minimumSignedMargin, later.minimumSignedMargin);
        nonPositiveRationality += later.nonPositiveRationality;
    }

    double logLikelihood() {
        return logLikelihood;
    }

    double trialLogLikelihood(int trial) {
        return trialLogLikelihoods[trial];
    }

    double ownClusters() {
        return ownClusters;
    }

    double weight() {
        return totalWeight;
    }

    double minimumSignedMargin() {
        return minimumSignedMargin;
    }

    double nonPositiveRationality() {
        return nonPositiveRationality;
    }

    long bytes() {
        return information.bytes() + meat.bytes();
    }
}
