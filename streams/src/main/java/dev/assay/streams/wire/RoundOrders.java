package dev.assay.streams.wire;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.columns.Precision;
import dev.assay.estimator.sums.Question;
import dev.assay.estimator.sums.Wanted;
import dev.assay.schemas.DoubleVector;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.descend.DescentState;
import dev.assay.schemas.descend.RoundOrder;
import dev.assay.streams.model.Round;
import java.util.ArrayList;
import java.util.List;

/**
 * Rounds to and from Avro.
 *
 * <p>The record has a field for the state of the descent, which it carried to every shard once. Shards of that build cannot read
 * an order without it, so it is there still, and empty; what it holds in an order of theirs is not read. A trial at the opposite
 * of the point has dimension 0: with all that a step may ask, an order at d = 1024 then keeps within 64 KB.
 */
final class RoundOrders {
    private static final DoubleVector NONE = PackedVectors.pack(new double[0]);
    private static final DescentState NO_STATE = new DescentState(
            "MOMENTS", false, false, "FAST", 0d, NONE, NONE, NONE, 1d, 0d, 1d, 0, 0d, 0d, 0, 0d, 0L, 0d, 0d, List.of());

    private RoundOrders() {}

    static RoundOrder toAvro(Round round) {
        Question question = round.question();
        Parameters point = question.point();
        Vector opposite = opposite(point).joint();
        return new RoundOrder(
                round.rerunId(),
                round.number(),
                PackedVectors.pack(point.reward()),
                PackedVectors.pack(point.rationality()),
                question.trials().stream()
                        .map(trial ->
                                PackedVectors.pack(trial.joint().equals(opposite) ? Vector.zeros(0) : trial.joint()))
                        .toList(),
                question.wanted().moments(),
                question.wanted().gradient(),
                question.wanted().statistics(),
                question.wanted().clusters(),
                question.wanted().precision().name(),
                NO_STATE);
    }

    static Round fromAvro(RoundOrder avro) throws UndecodableException {
        Parameters point =
                new Parameters(PackedVectors.vector(avro.getReward()), PackedVectors.vector(avro.getRationality()));
        List<Parameters> trials = new ArrayList<>(avro.getTrials().size());
        for (DoubleVector trial : avro.getTrials()) {
            trials.add(trial(PackedVectors.vector(trial), point));
        }
        try {
            Wanted wanted = new Wanted(
                    avro.getMoments(),
                    avro.getGradient(),
                    avro.getStatistics(),
                    avro.getClusters(),
                    Precision.valueOf(avro.getPrecision()));
            return new Round(avro.getRerunId(), avro.getRound(), new Question(point, trials, wanted));
        } catch (IllegalArgumentException e) {
            throw UndecodableException.malformed("RoundOrder: " + e.getMessage());
        }
    }

    private static Parameters trial(Vector joint, Parameters point) throws UndecodableException {
        if (joint.size() == 0) {
            return opposite(point);
        }
        if (joint.size() != point.dimension()) {
            throw UndecodableException.malformed(
                    "a trial must have " + point.dimension() + " entries, this one has " + joint.size());
        }
        return Parameters.of(joint, point.reward().size());
    }

    private static Parameters opposite(Parameters point) {
        return Parameters.of(point.joint().times(-1), point.reward().size());
    }
}
