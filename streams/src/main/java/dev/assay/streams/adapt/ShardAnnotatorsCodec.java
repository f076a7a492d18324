package dev.assay.streams.adapt;

import dev.assay.schemas.SingleObject;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.descend.ShardAnnotator;

/** What shards say of their annotators. */
public final class ShardAnnotatorsCodec implements Codec<ShardAnnotators> {
    private final SingleObject<dev.assay.schemas.descend.ShardAnnotators> reports =
            new SingleObject<>(dev.assay.schemas.descend.ShardAnnotators.class);

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
