package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where to step from a point, in the coordinates of a {@link Chart}.
 *
 * @param kind how it was found
 * @param step Δ
 * @param gain gᵀΔ in nats, above 0 unless the score is 0: twice what a quadratic likelihood would gain
 */
record Direction(Kind kind, Vector step, double gain) {
    enum Kind {
        JOINT,
        REWARD_BLOCK,
        RATIONALITY_BLOCK,
        BLENDED,
        DAMPED
    }

    private static final int REWARD_BLOCK_DONE = 1;
    private static final int BOTH_BLOCKS_DONE = 2;
    /** Levenberg–Marquardt damping to begin with, as a share of the mean curvature. */
    static final double FIRST_DAMPING = 1e-3;
    // A step many times longer than the parameters comes from a curvature that is nearly nothing: follow it, not so
    // far.
    private static final double LONGEST = 5;
    private static final double LEAST_BLEND = 0.125;
    private static final double LARGEST_BLEND = 8;

    /** Newton on the observed information; empty where that is not positive definite. */
    static Optional<Direction> joint(LocalModel model) {
        return Cholesky.of(model.observed()).map(factor -> of(Kind.JOINT, factor.solve(model.score()), model));
    }

    /** Newton on one block, θ first, then γ: MODEL (11); empty when each has had its turn. */
    static Optional<Direction> block(LocalModel model, int blockSteps) {
        int d = model.cross().rows();
        int p = model.score().size();
        if (blockSteps >= BOTH_BLOCKS_DONE || d == p) {
            return Optional.empty();
        }
        boolean reward = blockSteps < REWARD_BLOCK_DONE;
        int from = reward ? 0 : d;
        int to = reward ? d : p;
        return Cholesky.of(model.information().block(from, to)).map(factor -> {
            Vector step = Vector.zeros(from)
                    .concat(factor.solve(model.score().slice(from, to)))
                    .concat(Vector.zeros(p - to));
            return of(reward ? Kind.REWARD_BLOCK : Kind.RATIONALITY_BLOCK, step, model);
        });
    }

    /**
     * Newton on H′ + μJ′ with the least μ of a few that makes it positive definite; empty if none does. It keeps the
     * directions in which the observed information is nearly flat or negative, and goes far along them, where Fisher
     * scoring creeps past a saddle for dozens of rounds.
     */
    static Optional<Direction> blended(LocalModel model) {
        PackedSymmetric observed = model.observed();
        for (double share = LEAST_BLEND; share <= LARGEST_BLEND; share *= 2) {
            Optional<Cholesky> factor =
                    Cholesky.of(observed.plus(model.information().times(share)));
            if (factor.isPresent()) {
                return Optional.of(of(Kind.BLENDED, factor.get().solve(model.score()), model));
            }
        }
        return Optional.empty();
    }

    /**
     * Fisher scoring with Levenberg–Marquardt damping.
     *
     * @param weight Σw, the natural size of a curvature
     */
    static Direction damped(LocalModel model, double damping, double weight) {
        PackedSymmetric information = model.information();
        Vector diagonal = information.diagonal();
        double mean = 0;
        for (int i = 0; i < diagonal.size(); i++) {
            mean += diagonal.get(i) / diagonal.size();
        }
        double[] ridge = new double[diagonal.size()];
        Arrays.fill(ridge, damping * Math.max(mean, 1e-6 * weight));
        Vector added = Vector.of(ridge);
        Optional<Cholesky> factor = Cholesky.of(information.plusDiagonal(added));
        while (factor.isEmpty()) {
            added = added.times(10);
            factor = Cholesky.of(information.plusDiagonal(added));
        }
        return of(Kind.DAMPED, factor.get().solve(model.score()), model);
    }

    private static Direction of(Kind kind, Vector step, LocalModel model) {
        return new Direction(kind, step, model.score().dot(step));
    }

    /** Whether the other block stands still. */
    boolean ofOneBlock() {
        return kind == Kind.REWARD_BLOCK || kind == Kind.RATIONALITY_BLOCK;
    }

    /** This direction, no longer than is sensible from those coordinates. */
    Direction bounded(Vector coordinates) {
        double length = step.length();
        double longest = LONGEST * (1 + coordinates.length());
        return length <= longest ? this : new Direction(kind, step.times(longest / length), gain * longest / length);
    }
}
