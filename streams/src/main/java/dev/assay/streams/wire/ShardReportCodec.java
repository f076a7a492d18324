package dev.assay.streams.wire;

import dev.assay.estimator.descent.ShardSum;
import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.model.ShardReport.Answer;
import dev.assay.streams.model.ShardReport.ErasureProgress;
import dev.assay.streams.model.ShardReport.Status;
import dev.assay.streams.model.ShardReport.Update;
import java.util.List;

/** Shard reports: all kinds in one record; one with a sum is an answer if it names a rerun, else an update. */
public final class ShardReportCodec implements Codec<ShardReport> {
    private final RecordFormat<dev.assay.schemas.descend.ShardReport> reports;

    /** Of bytes that no topic sees: Avro single objects. */
    public ShardReportCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ShardReportCodec(WireFormat wire) {
        reports = wire.of(dev.assay.schemas.descend.ShardReport.class);
    }

    @Override
    public byte[] encode(ShardReport report) {
        return reports.encode(toAvro(report));
    }

    private static dev.assay.schemas.descend.ShardReport toAvro(ShardReport report) {
        int shard = report.shard();
        long offset = report.coveredOffset();
        if (report instanceof Status status) {
            var erasures =
                    status.erasures().stream().map(ShardReportCodec::toAvro).toList();
            return new dev.assay.schemas.descend.ShardReport(
                    shard, offset, status.judgments(), null, 0, 0L, erasures, null);
        }
        if (report instanceof Update update) {
            ShardSum sum = update.sum();
            return new dev.assay.schemas.descend.ShardReport(
                    shard, offset, sum.count(), null, 0, update.epoch(), List.of(), toAvro(sum));
        }
        Answer answer = (Answer) report;
        ShardSum sum = answer.sum();
        return new dev.assay.schemas.descend.ShardReport(
                shard, offset, sum.count(), answer.rerunId(), answer.round(), 0L, List.of(), toAvro(sum));
    }

    @Override
    public ShardReport decode(byte[] bytes) throws UndecodableException {
        var avro = reports.decode(bytes);
        int shard = avro.getShard();
        long offset = avro.getCoveredOffset();
        if (avro.getSum() == null) {
            var erasures =
                    avro.getErasures().stream().map(ShardReportCodec::fromAvro).toList();
            return new Status(shard, offset, avro.getJudgments(), erasures);
        }
        ShardSum sum = fromAvro(avro.getSum());
        return avro.getRerunId() == null
                ? new Update(shard, offset, avro.getEpoch(), sum)
                : new Answer(shard, offset, avro.getRerunId(), avro.getRound(), sum);
    }

    private static dev.assay.schemas.descend.ErasureProgress toAvro(ErasureProgress erasure) {
        return new dev.assay.schemas.descend.ErasureProgress(
                erasure.commandId(), erasure.judgments(), erasure.tombstones(), erasure.swept());
    }

    private static ErasureProgress fromAvro(dev.assay.schemas.descend.ErasureProgress avro) {
        return new ErasureProgress(avro.getCommandId(), avro.getJudgments(), avro.getTombstones(), avro.getSwept());
    }

    private static dev.assay.schemas.descend.ShardSum toAvro(ShardSum sum) {
        return new dev.assay.schemas.descend.ShardSum(
                sum.count(),
                sum.weight(),
                sum.logLikelihood(),
                PackedVectors.pack(sum.trialLogLikelihoods()),
                PackedVectors.pack(sum.score()),
                PackedVectors.pack(sum.information()),
                PackedVectors.pack(sum.cross()),
                sum.clusters(),
                PackedVectors.pack(sum.meat()),
                sum.minimumSignedMargin(),
                sum.nonPositiveRationality(),
                PackedVectors.pack(sum.differenceMoment()),
                PackedVectors.pack(sum.contextMoment()),
                PackedVectors.pack(sum.crossMoment()));
    }

    private static ShardSum fromAvro(dev.assay.schemas.descend.ShardSum avro) throws UndecodableException {
        return new ShardSum(
                avro.getCount(),
                avro.getWeight(),
                avro.getLogLikelihood(),
                PackedVectors.vector(avro.getTrialLogLikelihoods()),
                PackedVectors.vector(avro.getScore()),
                PackedVectors.vector(avro.getInformation()),
                PackedVectors.vector(avro.getCross()),
                avro.getClusters(),
                PackedVectors.vector(avro.getMeat()),
                avro.getMinimumSignedMargin(),
                avro.getNonPositiveRationality(),
                PackedVectors.vector(avro.getDifferenceMoment()),
                PackedVectors.vector(avro.getContextMoment()),
                PackedVectors.vector(avro.getCrossMoment()));
    }
}
