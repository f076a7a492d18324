package dev.assay.streams.wire;

import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.ShardAnnotator;
import dev.assay.streams.model.ShardAnnotators;

/** What shards say of their annotators. */
public final class ShardAnnotatorsCodec
        extends RecordCodec<ShardAnnotators, dev.assay.schemas.descend.ShardAnnotators> {
    /** Of bytes that no topic sees: Avro single objects. */
    public ShardAnnotatorsCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ShardAnnotatorsCodec(WireFormat wire) {
        super(
                wire,
                dev.assay.schemas.descend.ShardAnnotators.class,
                ShardAnnotatorsCodec::write,
                ShardAnnotatorsCodec::read);
    }

    private static dev.assay.schemas.descend.ShardAnnotators write(ShardAnnotators report) {
        ShardAnnotators.Totals totals = report.totals();
        return new dev.assay.schemas.descend.ShardAnnotators(
                report.model(),
                report.shard(),
                report.epoch(),
                totals.annotators(),
                totals.judgments(),
                totals.below(),
                totals.negative(),
                totals.multiplierVariance(),
                report.reportedAt(),
                report.first().stream()
                        .map(annotator -> new ShardAnnotator(
                                annotator.annotatorId(),
                                annotator.judgments(),
                                annotator.multiplier(),
                                annotator.standardError(),
                                annotator.shrunkMultiplier(),
                                annotator.below(),
                                annotator.negative()))
                        .toList());
    }

    private static ShardAnnotators read(dev.assay.schemas.descend.ShardAnnotators avro) {
        return new ShardAnnotators(
                avro.getModel(),
                avro.getShard(),
                avro.getEpoch(),
                avro.getReportedAt(),
                new ShardAnnotators.Totals(
                        avro.getAnnotators(),
                        avro.getJudgments(),
                        avro.getBelow(),
                        avro.getNegative(),
                        avro.getMultiplierVariance()),
                avro.getFirst().stream()
                        .map(annotator -> new ShardAnnotators.Annotator(
                                annotator.getAnnotatorId(),
                                annotator.getJudgments(),
                                annotator.getMultiplier(),
                                annotator.getStandardError(),
                                annotator.getShrunkMultiplier(),
                                annotator.getBelow(),
                                annotator.getNegative()))
                        .toList());
    }
}
