package dev.assay.streams.wire;

import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.score.ScoreDecision;
import dev.assay.streams.model.Decision;

/** Decisions. */
public final class DecisionCodec implements Codec<Decision> {
    private final RecordFormat<ScoreDecision> decisions;

    /** Of bytes that no topic sees: Avro single objects. */
    public DecisionCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public DecisionCodec(WireFormat wire) {
        decisions = wire.of(ScoreDecision.class);
    }

    @Override
    public byte[] encode(Decision decision) {
        return decisions.encode(new ScoreDecision(
                decision.requestId(),
                decision.kind(),
                decision.requestHash(),
                decision.position(),
                decision.time(),
                decision.parameterVersion(),
                decision.featureSpace(),
                ScoreEnums.toAvro(decision.covariance()),
                ScoreEnums.toAvro(decision.centre()),
                decision.level(),
                decision.quantile(),
                decision.chosen(),
                PackedVectors.pack(decision.rewards()),
                PackedVectors.pack(decision.standardErrors()),
                PackedVectors.pack(decision.lower()),
                PackedVectors.pack(decision.upper()),
                decision.features() == null ? null : PackedVectors.pack(decision.features()),
                decision.runtime()));
    }

    @Override
    public Decision decode(byte[] bytes) throws UndecodableException {
        var avro = decisions.decode(bytes);
        return new Decision(
                avro.getRequestId(),
                avro.getKind(),
                avro.getRequestHash(),
                avro.getPosition(),
                avro.getTime(),
                avro.getParameterVersion(),
                avro.getFeatureSpace(),
                ScoreEnums.fromAvro(avro.getCovariance()),
                ScoreEnums.fromAvro(avro.getCentre()),
                avro.getLevel(),
                avro.getQuantile(),
                avro.getChosen(),
                PackedVectors.unpack(avro.getRewards()),
                PackedVectors.unpack(avro.getStandardErrors()),
                PackedVectors.unpack(avro.getLower()),
                PackedVectors.unpack(avro.getUpper()),
                avro.getFeatures() == null ? null : PackedVectors.unpack(avro.getFeatures()),
                avro.getRuntime());
    }
}
