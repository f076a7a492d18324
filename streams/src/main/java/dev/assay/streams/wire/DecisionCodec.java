package dev.assay.streams.wire;

import static dev.assay.streams.wire.PackedVectors.pack;
import static dev.assay.streams.wire.PackedVectors.unpack;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.score.ScoreDecision;
import dev.assay.streams.model.Decision;

/** Decisions. */
public final class DecisionCodec extends RecordCodec<Decision, ScoreDecision> {
    /** Of bytes that no topic sees: Avro single objects. */
    public DecisionCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public DecisionCodec(WireFormat wire) {
        super(wire, ScoreDecision.class, DecisionCodec::write, DecisionCodec::read);
    }

    private static ScoreDecision write(Decision decision) {
        Decision.Origin origin = decision.origin();
        Decision.Basis basis = decision.basis();
        Decision.Intervals intervals = decision.intervals();
        return new ScoreDecision(
                origin.requestId(),
                origin.kind(),
                origin.requestHash(),
                origin.position(),
                origin.time(),
                basis.parameterVersion(),
                basis.featureSpace(),
                ScoreEnums.toAvro(basis.covariance()),
                ScoreEnums.toAvro(basis.centre()),
                basis.level(),
                basis.quantile(),
                decision.chosen(),
                pack(intervals.rewards()),
                pack(intervals.standardErrors()),
                pack(intervals.lower()),
                pack(intervals.upper()),
                decision.features() == null ? null : pack(decision.features()),
                decision.runtime());
    }

    private static Decision read(ScoreDecision avro) throws UndecodableException {
        return new Decision(
                new Decision.Origin(
                        avro.getRequestId(), avro.getKind(), avro.getRequestHash(), avro.getPosition(), avro.getTime()),
                new Decision.Basis(
                        avro.getParameterVersion(),
                        avro.getFeatureSpace(),
                        ScoreEnums.fromAvro(avro.getCovariance()),
                        ScoreEnums.fromAvro(avro.getCentre()),
                        avro.getLevel(),
                        avro.getQuantile()),
                avro.getChosen(),
                new Decision.Intervals(
                        unpack(avro.getRewards()),
                        unpack(avro.getStandardErrors()),
                        unpack(avro.getLower()),
                        unpack(avro.getUpper())),
                avro.getFeatures() == null ? null : unpack(avro.getFeatures()),
                avro.getRuntime());
    }
}
