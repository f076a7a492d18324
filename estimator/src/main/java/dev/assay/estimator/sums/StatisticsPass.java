package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.OuterSum;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.ComparisonBlock;
import dev.assay.estimator.columns.RankingBlock;
import dev.assay.estimator.columns.Rows;
import java.util.List;

/** Sums ℓ, g and, if wanted, J, C and the meat B over windows of rows: MODEL (2)–(6) and (13); of rankings (22). */
final class StatisticsPass {
    private final Wanted wanted;
    private final int d;
    private final int k;
    private final int capacity;
    private final Margins margins; // at the point
    private final LogLikelihoodSum logLikelihood = new LogLikelihoodSum();
    private final Margins trialMargins; // apart, so that the sums at the point are the same bits whatever else is asked
    private final LogLikelihoodSum[] trialLogLikelihoods;
    // Per row of the window: w(y−π) times σ, θᵀz and 1, and the roots of w π(1−π) or w(y−π)² times σ and θᵀz.
    private final double[] differenceScore;
    private final double[] contextScore;
    private final double[] residual;
    private final double[] differenceRoot;
    private final double[] contextRoot;
    private final double[] differenceMeat;
    private final double[] contextMeat;
    private final double[] score;
    private final double[] cross;
    private final OuterSum information;
    private final OuterSum meat;
    private final ClusterScores clusters;
    private final RankingPass rankings;
    private boolean ownRows; // whether the window has a row that is its own cluster
    private double ownClusters;
    private double totalWeight;
    private double minimumSignedMargin = Double.POSITIVE_INFINITY;
    private double nonPositiveRationality;

    StatisticsPass(Question question, int capacity) {
        Parameters at = question.point();
        List<Parameters> trials = question.trials();
        wanted = question.wanted();
        d = at.reward().size();
        k = at.rationality().size();
        this.capacity = capacity;
        margins = new Margins(wanted.gradient() ? List.of(at) : List.of(), capacity);
        trialMargins = new Margins(trials, capacity);
        trialLogLikelihoods = new LogLikelihoodSum[trials.size()];
        for (int i = 0; i < trialLogLikelihoods.length; i++) {
            trialLogLikelihoods[i] = new LogLikelihoodSum();
        }
        int rows = wanted.gradient() ? capacity : 0;
        int outerRows = wanted.statistics() ? capacity : 0;
        int meatRows = wanted.clusters() ? capacity : 0;
        int p = d + k;
        differenceScore = new double[rows];
        contextScore = new double[rows];
        residual = new double[rows];
        differenceRoot = new double[outerRows];
        contextRoot = new double[outerRows];
        differenceMeat = new double[meatRows];
        contextMeat = new double[meatRows];
        score = new double[wanted.gradient() ? p : 0];
        cross = new double[wanted.statistics() ? d * k : 0];
        information = new OuterSum(wanted.statistics() ? p : 0);
        meat = new OuterSum(wanted.clusters() ? p : 0);
        clusters = new ClusterScores(p);
        rankings = new RankingPass(question, score, cross, information, meat, clusters);
    }

    /** Most rows of one window. */
    int capacity() {
        return capacity;
    }

    /** @param sign 1 to add the rows, -1 to take them out again (all but the margins' minimum, which has no way back) */
    void add(Rows rows, double sign) {
        addAtPoints(rows, sign);
        rows.readHeads();
        for (int r = 0; r < rows.count(); r++) {
            totalWeight += sign * rows.weight(r);
        }
    }

    /** @param sign as of {@link #add(Rows, double)} */
    void add(RankingBlock block, double sign) {
        rankings.add(block, sign);
    }

    private void addAtPoints(Rows rows, double sign) {
        trialMargins.compute(rows);
        for (int trial = 0; trial < trialLogLikelihoods.length; trial++) {
            addTrial(rows, trial, sign);
        }
        if (!wanted.gradient()) {
            return;
        }
        margins.compute(rows);
        ownRows = false;
        for (int r = 0; r < rows.count(); r++) {
            addRow(rows, r, sign);
        }
        rows.addWeighted(rows.difference(), d, differenceScore, score, 0);
        rows.addWeighted(Rows.CONTEXT, k, contextScore, score, d);
        if (wanted.statistics()) {
            rows.addCross(Rows.CONTEXT, k, residual, cross);
            rows.addOuter(differenceRoot, Rows.CONTEXT, k, contextRoot, sign, information);
        }
        if (ownRows) {
            rows.addOuter(differenceMeat, Rows.CONTEXT, k, contextMeat, sign, meat);
        }
    }

    private void addTrial(Rows rows, int trial, double sign) {
        for (int r = 0; r < rows.count(); r++) {
            double weight = rows.weight(r);
            if (weight > 0) {
                double margin = trialMargins.margin(trial, r);
                double tail = Math.exp(-Math.abs(margin));
                trialLogLikelihoods[trial].add(sign * weight, margin, tail, rows.preference(r));
            }
        }
    }

    private void addRow(Rows rows, int r, double sign) {
        double weight = rows.weight(r);
        double preference = rows.preference(r);
        double sigma = margins.sigma[0][r];
        double rewardDifference = margins.rewardDifference[0][r];
        double margin = sigma * rewardDifference;
        double tail = Math.exp(-Math.abs(margin));
        double share = 1 / (1 + tail);
        // y − π, not computed as that difference: a sure and right judgment keeps a residual above 0. With s the sign
        // of m it is
        // s (y′ tail − (1 − y′)) / (1 + tail), y′ = y or 1 − y the preference for the likelier; without a branch, as
        // signs are tossed.
        double towards = Math.copySign(1, margin);
        double likelier = 0.5 + towards * (preference - 0.5);
        double rest = towards * (likelier * tail - (1 - likelier)) * share;
        boolean counts = weight > 0;
        double factor = counts ? sign * weight * rest : 0;
        residual[r] = factor;
        differenceScore[r] = counts ? factor * sigma : 0;
        contextScore[r] = counts ? factor * rewardDifference : 0;
        if (wanted.statistics()) {
            double root = counts ? Math.sqrt(weight * tail) * share : 0;
            differenceRoot[r] = counts ? root * sigma : 0;
            contextRoot[r] = counts ? root * rewardDifference : 0;
        }
        if (wanted.clusters()) {
            addToClusters(rows, r, counts ? sign * weight : 0, counts ? Math.sqrt(weight) * rest : 0);
        }
        if (counts) {
            logLikelihood.add(sign * weight, margin, tail, preference);
            double side = 2 * preference - 1;
            double signed = Math.abs(side) == 1 ? side * margin : -Math.abs(margin);
            minimumSignedMargin = Math.min(minimumSignedMargin, signed);
            if (sigma <= 0) {
                nonPositiveRationality += sign * weight;
            }
        }
    }

    /** @param weight signed */
    private void addToClusters(Rows rows, int r, double weight, double root) {
        differenceMeat[r] = 0;
        contextMeat[r] = 0;
        if (weight == 0) {
            return;
        }
        int cluster = rows.cluster(r);
        if (cluster == ComparisonBlock.OWN_CLUSTER) {
            ownRows = true;
            ownClusters += weight;
            differenceMeat[r] = root * margins.sigma[0][r];
            contextMeat[r] = root * margins.rewardDifference[0][r];
        } else {
            double[] sum = clusters.change(cluster, weight > 0 ? 1 : -1);
            rows.addRow(r, rows.difference(), d, differenceScore[r], sum, 0);
            rows.addRow(r, Rows.CONTEXT, k, contextScore[r], sum, d);
        }
    }

    /** Takes over a pass over later rows, so that one annotator's rows are one cluster. */
    void absorb(StatisticsPass later) {
        logLikelihood.add(later.logLikelihood);
        for (int i = 0; i < trialLogLikelihoods.length; i++) {
            trialLogLikelihoods[i].add(later.trialLogLikelihoods[i]);
        }
        rankings.flush();
        later.rankings.flush();
        rankings.absorb(later.rankings);
        add(later.score, score);
        add(later.cross, cross);
        information.add(later.information);
        meat.add(later.meat);
        clusters.absorb(later.clusters);
        ownClusters += later.ownClusters;
        totalWeight += later.totalWeight;
        minimumSignedMargin = Math.min(minimumSignedMargin, later.minimumSignedMargin);
        nonPositiveRationality += later.nonPositiveRationality;
    }

    private static void add(double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** Settles what changed in the clusters once it is more than so many of them. */
    void settleClusters(int most) {
        if (clusters.unsettled() > most) {
            clusters.settle(meat);
        }
    }

    long bytes() {
        return information.bytes()
                + meat.bytes()
                + clusters.bytes()
                + rankings.bytes()
                + 8L * (score.length + cross.length);
    }

    /**
     * The results so far.
     *
     * @param rows how many there were
     */
    Answer answer(long rows) {
        double[] trials = new double[trialLogLikelihoods.length];
        for (int i = 0; i < trials.length; i++) {
            trials[i] = trialLogLikelihoods[i].total() + rankings.trialLogLikelihood(i);
        }
        return new Answer(
                rows,
                totalWeight + rankings.weight(),
                wanted.gradient() ? statistics() : null,
                null,
                new Trials(Vector.of(trials)));
    }

    private Statistics statistics() {
        rankings.flush();
        if (wanted.clusters()) {
            clusters.settle(meat);
        }
        return new Statistics(
                logLikelihood.total() + rankings.logLikelihood(),
                Vector.of(score),
                information.packed(),
                Vector.of(cross),
                wanted.clusters() ? ownClusters + rankings.ownClusters() + clusters.count() : 0,
                meat.packed(),
                Math.min(minimumSignedMargin, rankings.minimumSignedMargin()),
                nonPositiveRationality + rankings.nonPositiveRationality());
    }
}
