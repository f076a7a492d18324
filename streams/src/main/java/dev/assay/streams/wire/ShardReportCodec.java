package dev.assay.streams.wire;

import dev.assay.estimator.algebra.Require;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.sums.Answer;
import dev.assay.estimator.sums.Moments;
import dev.assay.estimator.sums.Statistics;
import dev.assay.estimator.sums.Trials;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.ErasureProgress;
import dev.assay.schemas.descend.ShardSum;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.model.ShardReport.Reply;
import dev.assay.streams.model.ShardReport.Status;
import dev.assay.streams.model.ShardReport.Update;
import java.util.List;

/** Shard reports: all kinds in one record; one with a sum is an answer if it names a rerun, else an update. */
public final class ShardReportCodec extends RecordCodec<ShardReport, dev.assay.schemas.descend.ShardReport> {
    private static final Vector NONE = Vector.zeros(0);
    private static final Statistics NO_STATISTICS =
            new Statistics(0, NONE, NONE, NONE, 0, NONE, Double.POSITIVE_INFINITY, 0);
    private static final Moments NO_MOMENTS = new Moments(NONE, NONE, NONE);

    /** Of bytes that no topic sees: Avro single objects. */
    public ShardReportCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ShardReportCodec(WireFormat wire) {
        super(wire, dev.assay.schemas.descend.ShardReport.class, ShardReportCodec::write, ShardReportCodec::read);
    }

    private static dev.assay.schemas.descend.ShardReport write(ShardReport report) {
        int shard = report.shard();
        long offset = report.coveredOffset();
        if (report instanceof Status status) {
            return new dev.assay.schemas.descend.ShardReport(
                    shard, offset, status.judgments(), null, 0, 0L, status.erasures(), null);
        }
        if (report instanceof Update update) {
            Answer sum = update.answer();
            return new dev.assay.schemas.descend.ShardReport(
                    shard, offset, sum.count(), null, 0, update.epoch(), List.of(), toAvro(sum));
        }
        Reply reply = (Reply) report;
        Answer sum = reply.answer();
        return new dev.assay.schemas.descend.ShardReport(
                shard, offset, sum.count(), reply.rerunId(), reply.round(), 0L, List.of(), toAvro(sum));
    }

    private static ShardReport read(dev.assay.schemas.descend.ShardReport avro) throws UndecodableException {
        int shard = avro.getShard();
        long offset = avro.getCoveredOffset();
        Require.that(offset >= 0, "coveredOffset must be at least 0, was %s", offset);
        Require.that(avro.getJudgments() >= 0, "judgments must be at least 0, were %s", avro.getJudgments());
        if (avro.getSum() == null) {
            for (ErasureProgress erasure : avro.getErasures()) {
                Require.that(
                        erasure.getJudgments() >= 0 && erasure.getTombstones() >= 0,
                        "judgments and tombstones of an erasure must be at least 0, were %s and %s",
                        erasure.getJudgments(),
                        erasure.getTombstones());
            }
            return new Status(shard, offset, avro.getJudgments(), List.copyOf(avro.getErasures()));
        }
        Answer sum = fromAvro(avro.getSum());
        return avro.getRerunId() == null
                ? new Update(shard, offset, avro.getEpoch(), sum)
                : new Reply(shard, offset, avro.getRerunId(), avro.getRound(), sum);
    }

    private static ShardSum toAvro(Answer sum) {
        Statistics at = sum.hasStatistics() ? sum.statistics() : NO_STATISTICS;
        Moments moments = sum.hasMoments() ? sum.moments() : NO_MOMENTS;
        return new ShardSum(
                sum.count(),
                sum.weight(),
                at.logLikelihood(),
                PackedVectors.pack(sum.trials().logLikelihoods()),
                PackedVectors.pack(at.score()),
                PackedVectors.pack(at.information()),
                PackedVectors.pack(at.cross()),
                at.clusters(),
                PackedVectors.pack(at.meat()),
                at.minimumSignedMargin(),
                at.nonPositiveRationality(),
                PackedVectors.pack(moments.difference()),
                PackedVectors.pack(moments.context()),
                PackedVectors.pack(moments.cross()));
    }

    private static Answer fromAvro(ShardSum avro) throws UndecodableException {
        Require.that(avro.getCount() >= 0, "count must be at least 0, was %s", avro.getCount());
        requireSum("weight", avro.getWeight());
        requireSum("clusters", avro.getClusters());
        requireSum("nonPositiveRationality", avro.getNonPositiveRationality());
        Require.that(
                Double.isFinite(avro.getLogLikelihood()),
                "logLikelihood must be finite, was %s",
                avro.getLogLikelihood());
        Require.that(!Double.isNaN(avro.getMinimumSignedMargin()), "minimumSignedMargin must be a number, was NaN");
        return new Answer(
                avro.getCount(),
                avro.getWeight(),
                avro.getScore().getDimension() == 0 ? null : statistics(avro),
                avro.getDifferenceMoment().getDimension() == 0 ? null : moments(avro),
                new Trials(PackedVectors.vector(avro.getTrialLogLikelihoods())));
    }

    private static void requireSum(String field, double sum) {
        Require.that(Double.isFinite(sum), "%s must be finite, was %s", field, sum);
    }

    private static Statistics statistics(ShardSum avro) throws UndecodableException {
        return new Statistics(
                avro.getLogLikelihood(),
                PackedVectors.vector(avro.getScore()),
                PackedVectors.vector(avro.getInformation()),
                PackedVectors.vector(avro.getCross()),
                avro.getClusters(),
                PackedVectors.vector(avro.getMeat()),
                avro.getMinimumSignedMargin(),
                avro.getNonPositiveRationality());
    }

    private static Moments moments(ShardSum avro) throws UndecodableException {
        return new Moments(
                PackedVectors.vector(avro.getDifferenceMoment()),
                PackedVectors.vector(avro.getContextMoment()),
                PackedVectors.vector(avro.getCrossMoment()));
    }
}
