package dev.assay.streams.descend;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Moments;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Statistics;
import dev.assay.streams.model.ShardReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which reports a coordinator may keep: one of a shard that there is, with sums of the deployment's dimensions. A sum of
 * others would stay with it, and be in the way of every total from then on.
 *
 * @param shards how many there are
 * @param shape zeros of the deployment's dimensions
 */
record ReportCheck(int shards, Parameters shape) {
    private static final double LARGEST =
            1e90; // whose squares are numbers still; the largest that there can be is 1e60

    /**
     * What is to be said against a report.
     *
     * @param asked by the round that it is a reply to; null where none is awaited that it names
     */
    Optional<String> objection(ShardReport report, @Nullable Question asked) {
        if (report.shard() < 0 || report.shard() >= shards) {
            return Optional.of("shard must be 0 to " + (shards - 1) + ", was " + report.shard());
        }
        if (report instanceof ShardReport.Update update) {
            Answer answer = update.answer();
            return sizes(answer, true, true, true, answer.hasMoments(), 0).or(() -> magnitudes(answer));
        }
        if (report instanceof ShardReport.Reply reply && asked != null) {
            Answer answer = reply.answer();
            return sizes(
                            answer,
                            asked.wanted().gradient(),
                            asked.wanted().statistics(),
                            asked.wanted().clusters(),
                            asked.wanted().moments(),
                            asked.trials().size())
                    .or(() -> magnitudes(answer));
        }
        return Optional.empty();
    }

    private Optional<String> sizes(
            Answer answer, boolean gradient, boolean statistics, boolean clusters, boolean moments, int trials) {
        int d = shape.reward().size();
        int k = shape.rationality().size();
        int p = d + k;
        if (answer.hasStatistics() != gradient) {
            return Optional.of("statistics must be there: " + gradient + ", were: " + answer.hasStatistics());
        }
        if (answer.hasMoments() != moments) {
            return Optional.of("moments must be there: " + moments + ", were: " + answer.hasMoments());
        }
        Optional<String> wrong = size("trials", trials, answer.trials().logLikelihoods());
        if (wrong.isEmpty() && answer.hasStatistics()) {
            Statistics at = answer.statistics();
            int packed = PackedSymmetric.packedSize(p);
            wrong = size("score", p, at.score())
                    .or(() -> size("information", statistics ? packed : 0, at.information()))
                    .or(() -> size("cross", statistics ? d * k : 0, at.cross()))
                    .or(() -> size("meat", clusters ? packed : 0, at.meat()));
        }
        if (wrong.isEmpty() && answer.hasMoments()) {
            Moments of = answer.moments();
            wrong = size("differenceMoment", PackedSymmetric.packedSize(d), of.difference())
                    .or(() -> size("contextMoment", PackedSymmetric.packedSize(k + 1), of.context()))
                    .or(() -> size("crossMoment", d * (k + 1), of.cross()));
        }
        return wrong;
    }

    private static Optional<String> size(String field, int size, Vector vector) {
        return vector.size() == size
                ? Optional.empty()
                : Optional.of(field + " must have size " + size + ", had " + vector.size());
    }

    private static Optional<String> magnitudes(Answer answer) {
        Optional<String> wrong = magnitude("weight", answer.weight())
                .or(() -> magnitude("trialLogLikelihoods", answer.trials().logLikelihoods()));
        if (wrong.isEmpty() && answer.hasStatistics()) {
            Statistics at = answer.statistics();
            wrong = magnitude("logLikelihood", at.logLikelihood())
                    .or(() -> magnitude("score", at.score()))
                    .or(() -> magnitude("information", at.information()))
                    .or(() -> magnitude("cross", at.cross()))
                    .or(() -> magnitude("meat", at.meat()))
                    .or(() -> magnitude("clusters", at.clusters()));
        }
        if (wrong.isEmpty() && answer.hasMoments()) {
            Moments of = answer.moments();
            wrong = magnitude("differenceMoment", of.difference())
                    .or(() -> magnitude("contextMoment", of.context()))
                    .or(() -> magnitude("crossMoment", of.cross()));
        }
        return wrong;
    }

    private static Optional<String> magnitude(String field, Vector vector) {
        for (int i = 0; i < vector.size(); i++) {
            if (Math.abs(vector.get(i)) > LARGEST) {
                return magnitude(field, vector.get(i));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> magnitude(String field, double value) {
        return Math.abs(value) <= LARGEST
                ? Optional.empty()
                : Optional.of(field + " must be within ±" + LARGEST + ", was " + value);
    }
}
