package dev.assay.streams.wire;

import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.DescentPhase;
import dev.assay.estimator.descent.DescentState;
import dev.assay.estimator.descent.Precision;
import dev.assay.estimator.descent.RoundOrder;
import dev.assay.estimator.descent.Standardisation;
import dev.assay.estimator.descent.Wanted;
import dev.assay.schemas.DoubleVector;
import dev.assay.schemas.UndecodableException;
import java.util.ArrayList;
import java.util.List;

/** Round orders to and from Avro: the estimator's own value, field by field. */
final class RoundOrders {
    private RoundOrders() {}

    static dev.assay.schemas.descend.RoundOrder toAvro(RoundOrder order) {
        return new dev.assay.schemas.descend.RoundOrder(
                order.rerunId(),
                order.round(),
                PackedVectors.pack(order.point().reward()),
                PackedVectors.pack(order.point().rationality()),
                order.trials().stream()
                        .map(trial -> PackedVectors.pack(trial.joint()))
                        .toList(),
                order.wanted().moments(),
                order.wanted().gradient(),
                order.wanted().statistics(),
                order.wanted().clusters(),
                order.wanted().precision().name(),
                toAvro(order.state()));
    }

    static RoundOrder fromAvro(dev.assay.schemas.descend.RoundOrder avro) throws UndecodableException {
        Vector reward = PackedVectors.vector(avro.getReward());
        Vector rationality = PackedVectors.vector(avro.getRationality());
        List<Parameters> trials = new ArrayList<>(avro.getTrials().size());
        for (DoubleVector trial : avro.getTrials()) {
            trials.add(parameters(trial, reward.size()));
        }
        try {
            return new RoundOrder(
                    avro.getRerunId(),
                    avro.getRound(),
                    new Parameters(reward, rationality),
                    trials,
                    new Wanted(
                            avro.getMoments(),
                            avro.getGradient(),
                            avro.getStatistics(),
                            avro.getClusters(),
                            Precision.valueOf(avro.getPrecision())),
                    fromAvro(avro.getState()));
        } catch (IllegalArgumentException e) {
            throw UndecodableException.malformed("RoundOrder: " + e.getMessage());
        }
    }

    private static Parameters parameters(DoubleVector joint, int rewardDimension) throws UndecodableException {
        Vector values = PackedVectors.vector(joint);
        if (values.size() < rewardDimension) {
            throw UndecodableException.malformed(
                    "a trial point must have at least " + rewardDimension + " entries, this one has " + values.size());
        }
        return new Parameters(values.slice(0, rewardDimension), values.slice(rewardDimension, values.size()));
    }

    private static dev.assay.schemas.descend.DescentState toAvro(DescentState state) {
        Standardisation coordinates = state.standardisation();
        return new dev.assay.schemas.descend.DescentState(
                state.phase().name(),
                state.warm(),
                state.restarted(),
                state.precision().name(),
                state.ridge(),
                PackedVectors.pack(coordinates.regression()),
                PackedVectors.pack(coordinates.differenceFactor()),
                PackedVectors.pack(coordinates.contextFactor()),
                coordinates.offsetMeanSquare(),
                state.expectedGain(),
                state.damping(),
                state.blockSteps(),
                state.stepLength(),
                state.largestError(),
                state.growthStreak(),
                state.decrement(),
                state.count(),
                state.weight(),
                state.logLikelihood(),
                state.memory().stream().map(PackedVectors::pack).toList());
    }

    private static DescentState fromAvro(dev.assay.schemas.descend.DescentState avro) throws UndecodableException {
        List<Vector> memory = new ArrayList<>(avro.getMemory().size());
        for (DoubleVector vector : avro.getMemory()) {
            memory.add(PackedVectors.vector(vector));
        }
        return new DescentState(
                DescentPhase.valueOf(avro.getPhase()),
                avro.getWarm(),
                avro.getRestarted(),
                Precision.valueOf(avro.getPrecision()),
                avro.getRidge(),
                new Standardisation(
                        PackedVectors.vector(avro.getRegression()),
                        PackedVectors.vector(avro.getDifferenceFactor()),
                        PackedVectors.vector(avro.getContextFactor()),
                        avro.getOffsetMeanSquare()),
                avro.getExpectedGain(),
                avro.getDamping(),
                avro.getBlockSteps(),
                avro.getStepLength(),
                avro.getLargestError(),
                avro.getGrowthStreak(),
                avro.getDecrement(),
                avro.getCount(),
                avro.getWeight(),
                avro.getLogLikelihood(),
                memory);
    }
}
