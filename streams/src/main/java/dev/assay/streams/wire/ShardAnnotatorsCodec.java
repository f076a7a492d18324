package dev.assay.streams.wire;

import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.ShardAnnotator;
import dev.assay.streams.model.ShardAnnotators;

/** What shards say of their annotators. */
public final class ShardAnnotatorsCodec implements Codec<ShardAnnotators> {
    private final RecordFormat<dev.assay.schemas.descend.ShardAnnotators> reports;

    /** Of bytes that no topic sees: Avro single objects. */
    public ShardAnnotatorsCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ShardAnnotatorsCodec(WireFormat wire) {
        reports = wire.of(dev.assay.schemas.descend.ShardAnnotators.class);
    }

    @Override
    public byte[] encode(ShardAnnotators report) {
        return reports.encode(new dev.assay.schemas.descend.ShardAnnotators(
                report.model(),
                report.shard(),
                report.epoch(),
                report.annotators(),
                report.judgments(),
                report.below(),
                report.negative(),
                report.multiplierVariance(),
                report.reportedAt(),
                report.first().stream().map(ShardAnnotatorsCodec::toAvro).toList()));
    }

    private static ShardAnnotator toAvro(ShardAnnotators.Annotator annotator) {
        return new ShardAnnotator(
                annotator.annotatorId(),
                annotator.judgments(),
                annotator.multiplier(),
                annotator.standardError(),
                annotator.shrunkMultiplier(),
                annotator.below(),
                annotator.negative());
    }

    @Override
    public ShardAnnotators decode(byte[] bytes) throws UndecodableException {
        var avro = reports.decode(bytes);
        try {
            return new ShardAnnotators(
                    avro.getModel(),
                    avro.getShard(),
                    avro.getEpoch(),
                    avro.getAnnotators(),
                    avro.getJudgments(),
                    avro.getBelow(),
                    avro.getNegative(),
                    avro.getMultiplierVariance(),
                    avro.getReportedAt(),
                    avro.getFirst().stream().map(ShardAnnotatorsCodec::fromAvro).toList());
        } catch (IllegalArgumentException e) {
            throw UndecodableException.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static ShardAnnotators.Annotator fromAvro(ShardAnnotator avro) {
        return new ShardAnnotators.Annotator(
                avro.getAnnotatorId(),
                avro.getJudgments(),
                avro.getMultiplier(),
                avro.getStandardError(),
                avro.getShrunkMultiplier(),
                avro.getBelow(),
                avro.getNegative());
    }
}
