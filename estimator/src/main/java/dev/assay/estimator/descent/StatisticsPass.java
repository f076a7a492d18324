package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.ChoiceModel;
import dev.assay.estimator.choice.Parameters;

/** Sums ℓ, g, J, C and, if wanted, the meat B over blocks of rows: MODEL (2)–(6) and (13). */
final class StatisticsPass {
    private final int rewardDimension;
    private final int dimension;
    private final Margins margins;
    private final double[][] gradients; // v of MODEL (3), one row a comparison
    private final double[] curvatures; // w π(1−π)
    private final double[] meatFactors; // w (y−π)² of rows that are their own cluster
    private final double[] score;
    private final double[] cross;
    private final SymmetricSum information;
    private final boolean clustersWanted;
    private final SymmetricSum meat;
    private final ClusterScores clusters;
    private double ownClusters;
    private double logLikelihood;
    private double minimumSignedMargin = Double.POSITIVE_INFINITY;
    private double nonPositiveRationality;

    StatisticsPass(Parameters at, int capacity, boolean clustersWanted) {
        rewardDimension = at.reward().size();
        dimension = at.dimension();
        margins = new Margins(at, capacity);
        gradients = new double[capacity][dimension];
        curvatures = new double[capacity];
        meatFactors = new double[capacity];
        score = new double[dimension];
        cross = new double[rewardDimension * (dimension - rewardDimension)];
        information = new SymmetricSum(dimension);
        this.clustersWanted = clustersWanted;
        meat = new SymmetricSum(clustersWanted ? dimension : 0);
        clusters = new ClusterScores(dimension);
    }

    void add(ComparisonBlock block) {
        add(block, 1);
    }

    /** @param sign 1 to add the block, -1 to take it out again (all but the margins' minimum, which has no way back) */
    void add(ComparisonBlock block, double sign) {
        margins.compute(block);
        logLikelihood += sign * margins.logLikelihood(block);
        for (int r = 0; r < block.rows(); r++) {
            curvatures[r] = 0;
            meatFactors[r] = 0;
            fillGradient(block, r);
            if (block.weight[r] > 0) {
                addRow(block, r, sign);
            }
        }
        information.add(gradients, curvatures, block.rows());
        if (clustersWanted) {
            meat.add(gradients, meatFactors, block.rows());
        }
    }

    private void fillGradient(ComparisonBlock block, int r) {
        double[] gradient = gradients[r];
        double sigma = margins.sigma[r];
        double rewardDifference = margins.rewardDifference[r];
        double[] difference = block.difference[r];
        double[] context = block.context[r];
        for (int i = 0; i < difference.length; i++) {
            gradient[i] = sigma * difference[i];
        }
        for (int i = 0; i < context.length; i++) {
            gradient[rewardDimension + i] = rewardDifference * context[i];
        }
    }

    private void addRow(ComparisonBlock block, int r, double sign) {
        double margin = margins.margin(r);
        double preference = block.preference[r];
        double weight = sign * block.weight[r];
        double residual = ChoiceModel.residual(margin, preference);
        curvatures[r] = weight * ChoiceModel.variance(margin);
        for (int i = 0; i < dimension; i++) {
            score[i] += weight * residual * gradients[r][i];
        }
        addCross(block, r, weight * residual);
        addToClusters(block.cluster[r], r, weight, residual);
        double signed = preference == 0.5 ? -Math.abs(margin) : (2 * preference - 1) * margin;
        minimumSignedMargin = Math.min(minimumSignedMargin, signed);
        if (margins.sigma[r] <= 0) {
            nonPositiveRationality += weight;
        }
    }

    private void addCross(ComparisonBlock block, int r, double weightedResidual) {
        double[] context = block.context[r];
        double[] difference = block.difference[r];
        int next = 0;
        for (double entry : difference) {
            double factor = weightedResidual * entry;
            for (double feature : context) {
                cross[next++] += factor * feature;
            }
        }
    }

    private void addToClusters(int cluster, int r, double weight, double residual) {
        if (!clustersWanted) {
            return;
        }
        if (cluster == ComparisonBlock.OWN_CLUSTER) {
            ownClusters += weight;
            meatFactors[r] = weight * residual * residual;
        } else {
            clusters.add(cluster, weight * residual, gradients[r]);
        }
    }

    /** The neutral sum with this pass's results filled in; call once, at the end. */
    ShardSum fill(ShardSum counted) {
        if (clustersWanted) {
            clusters.addTo(meat);
        }
        return new ShardSum(
                counted.count(),
                counted.weight(),
                logLikelihood,
                counted.trialLogLikelihoods(),
                Vector.of(score),
                information.packed(),
                Vector.of(cross),
                clustersWanted ? ownClusters + clusters.count() : 0,
                clustersWanted ? meat.packed() : counted.meat(),
                minimumSignedMargin,
                nonPositiveRationality,
                counted.differenceMoment(),
                counted.contextMoment(),
                counted.crossMoment());
    }
}
