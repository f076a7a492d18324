package dev.assay.lab.simulate.coverage;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.inference.Inference;
import dev.assay.estimator.inference.Interval;

/** What intervals are for. */
enum Quantity {
    THETA("θ") {
        @Override
        int size(CoverageQueries queries) {
            return queries.d();
        }

        @Override
        Interval interval(int index, Inference inference, CoverageQueries queries) {
            return inference.parameter(index);
        }

        @Override
        double truth(int index, Parameters truth, CoverageQueries queries) {
            return truth.reward().get(index);
        }
    },
    GAMMA("γ") {
        @Override
        int size(CoverageQueries queries) {
            return queries.k();
        }

        @Override
        Interval interval(int index, Inference inference, CoverageQueries queries) {
            return inference.parameter(queries.d() + index);
        }

        @Override
        double truth(int index, Parameters truth, CoverageQueries queries) {
            return truth.rationality().get(index);
        }
    },
    REWARD("reward") {
        @Override
        int size(CoverageQueries queries) {
            return queries.responses().size();
        }

        @Override
        Interval interval(int index, Inference inference, CoverageQueries queries) {
            return inference.reward(queries.responses().get(index));
        }

        @Override
        double truth(int index, Parameters truth, CoverageQueries queries) {
            return truth.reward().dot(queries.responses().get(index));
        }
    },
    DIFFERENCE("difference") {
        @Override
        int size(CoverageQueries queries) {
            return queries.responses().size();
        }

        @Override
        Interval interval(int index, Inference inference, CoverageQueries queries) {
            return inference.difference(queries.responses().get(index), next(index, queries));
        }

        @Override
        double truth(int index, Parameters truth, CoverageQueries queries) {
            return truth.reward().dot(queries.responses().get(index).minus(next(index, queries)));
        }

        private Vector next(int index, CoverageQueries queries) {
            return queries.responses().get((index + 1) % queries.responses().size());
        }
    };

    private final String text;

    Quantity(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** How many of them are asked for. */
    abstract int size(CoverageQueries queries);

    abstract Interval interval(int index, Inference inference, CoverageQueries queries);

    abstract double truth(int index, Parameters truth, CoverageQueries queries);
}
