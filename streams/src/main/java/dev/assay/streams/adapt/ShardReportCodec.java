package dev.assay.streams.adapt;

import dev.assay.estimator.descent.ShardSum;
import dev.assay.schemas.SingleObject;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.adapt.ShardReport.Answer;
import dev.assay.streams.adapt.ShardReport.Status;

/** Shard reports: both kinds in one record, an answer being a report with a sum. */
public final class ShardReportCodec implements Codec<ShardReport> {
    private final SingleObject<dev.assay.schemas.descend.ShardReport> reports =
            new SingleObject<>(dev.assay.schemas.descend.ShardReport.class);

    @Override
    public byte[] encode(ShardReport report) {
        if (report instanceof Status status) {
            return reports.encode(new dev.assay.schemas.descend.ShardReport(
                    status.shard(), status.coveredOffset(), status.judgments(), null, 0, null));
        }
        Answer answer = (Answer) report;
        return reports.encode(new dev.assay.schemas.descend.ShardReport(
                answer.shard(),
                answer.coveredOffset(),
                answer.sum().count(),
                answer.rerunId(),
                answer.round(),
                toAvro(answer.sum())));
    }

    @Override
    public ShardReport decode(byte[] bytes) throws UndecodableException {
        var avro = reports.decode(bytes);
        if (avro.getSum() == null || avro.getRerunId() == null) {
            return new Status(avro.getShard(), avro.getCoveredOffset(), avro.getJudgments());
        }
        return new Answer(
                avro.getShard(), avro.getCoveredOffset(), avro.getRerunId(), avro.getRound(), fromAvro(avro.getSum()));
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
