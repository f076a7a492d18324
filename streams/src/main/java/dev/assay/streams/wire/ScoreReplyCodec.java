package dev.assay.streams.wire;

import dev.assay.estimator.inference.Interval;
import dev.assay.estimator.selection.AbstainingSet;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.score.ReplyStatus;
import dev.assay.schemas.score.RewardInterval;
import dev.assay.schemas.score.RewardMargin;
import dev.assay.streams.model.ScoreAnswer;
import dev.assay.streams.model.ScoreBatchReply;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreReply.Abstaining;
import dev.assay.streams.model.ScoreReply.Basis;
import dev.assay.streams.model.ScoreReply.Expired;
import dev.assay.streams.model.ScoreReply.Margin;
import dev.assay.streams.model.ScoreReply.Refused;
import dev.assay.streams.model.ScoreReply.Scored;
import dev.assay.streams.model.ScoreReply.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Score replies and those of batches, told apart by the schema their frame names. */
public final class ScoreReplyCodec extends EitherCodec<ScoreAnswer, ScoreBatchReply, ScoreReply> {
    /** Of bytes that no topic sees: Avro single objects. */
    public ScoreReplyCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ScoreReplyCodec(WireFormat wire) {
        super(
                ScoreBatchReply.class,
                new RecordCodec<>(
                        wire,
                        dev.assay.schemas.score.ScoreBatchReply.class,
                        ScoreReplyCodec::toAvro,
                        ScoreReplyCodec::fromAvro),
                ScoreReply.class,
                new RecordCodec<>(
                        wire,
                        dev.assay.schemas.score.ScoreReply.class,
                        ScoreReplyCodec::toAvro,
                        ScoreReplyCodec::fromAvro));
    }

    private static dev.assay.schemas.score.ScoreBatchReply toAvro(ScoreBatchReply batch) {
        return new dev.assay.schemas.score.ScoreBatchReply(
                batch.batchId(),
                batch.replies().stream().map(ScoreReplyCodec::toAvro).toList());
    }

    private static ScoreBatchReply fromAvro(dev.assay.schemas.score.ScoreBatchReply avro) throws UndecodableException {
        List<ScoreReply> inside = new ArrayList<>(avro.getReplies().size());
        for (var reply : avro.getReplies()) {
            inside.add(fromAvro(reply));
        }
        return new ScoreBatchReply(avro.getBatchId(), inside);
    }

    private static dev.assay.schemas.score.ScoreReply toAvro(ScoreReply reply) {
        if (reply instanceof Scored scored) {
            return toAvro(scored);
        } else if (reply instanceof Refused refused) {
            return unscored(refused, ReplyStatus.REFUSED, refused.reason());
        } else if (reply instanceof Unavailable unavailable) {
            return unscored(unavailable, ReplyStatus.UNAVAILABLE, unavailable.reason());
        }
        return unscored(reply, ReplyStatus.EXPIRED, ((Expired) reply).reason());
    }

    private static dev.assay.schemas.score.ScoreReply unscored(ScoreReply reply, ReplyStatus status, String reason) {
        return dev.assay.schemas.score.ScoreReply.newBuilder()
                .setRequestId(reply.requestId())
                .setStatus(status)
                .setReason(reason)
                .setCentre(dev.assay.schemas.score.Centre.FEATURE_SPACE)
                .build();
    }

    private static ScoreReply fromAvro(dev.assay.schemas.score.ScoreReply avro) throws UndecodableException {
        String reason = Objects.requireNonNullElse(avro.getReason(), "");
        return switch (avro.getStatus()) {
            case SCORED -> scored(avro);
            case REFUSED -> new Refused(avro.getRequestId(), reason);
            case UNAVAILABLE -> new Unavailable(avro.getRequestId(), reason);
            case EXPIRED -> new Expired(avro.getRequestId(), reason);
            case UNKNOWN -> throw UndecodableException.malformed("ScoreReply of unknown status");
        };
    }

    private static dev.assay.schemas.score.ScoreReply toAvro(Scored scored) {
        return dev.assay.schemas.score.ScoreReply.newBuilder()
                .setRequestId(scored.requestId())
                .setStatus(ReplyStatus.SCORED)
                .setParameterVersion(scored.basis().parameterVersion())
                .setFeatureSpace(scored.basis().featureSpace())
                .setLevel(scored.basis().level())
                .setCovariance(ScoreEnums.toAvro(scored.basis().covariance()))
                .setCentre(ScoreEnums.toAvro(scored.basis().centre()))
                .setCandidates(scored.candidates())
                .setBest(scored.best())
                .setPessimistic(scored.pessimistic())
                .setQuantile(scored.basis().quantile())
                .setMargin(toAvro(scored.margin()))
                .setAbstaining(toAvro(scored.abstaining()))
                .build();
    }

    private static Scored scored(dev.assay.schemas.score.ScoreReply avro) throws UndecodableException {
        Long version = avro.getParameterVersion();
        Integer best = avro.getBest();
        Integer pessimistic = avro.getPessimistic();
        if (version == null || best == null || pessimistic == null || avro.getCovariance() == null) {
            throw UndecodableException.malformed("a scored ScoreReply names its version, covariance and choices");
        }
        return new Scored(
                avro.getRequestId(),
                new Basis(
                        version,
                        Objects.requireNonNullElse(avro.getFeatureSpace(), ""),
                        avro.getLevel(),
                        ScoreEnums.fromAvro(avro.getCovariance()),
                        ScoreEnums.fromAvro(avro.getCentre()),
                        Objects.requireNonNullElse(avro.getQuantile(), Double.NaN)), // of a worker that did not say
                List.copyOf(avro.getCandidates()),
                best,
                pessimistic,
                fromAvro(avro.getMargin()),
                fromAvro(avro.getAbstaining(), best));
    }

    private static @Nullable RewardMargin toAvro(@Nullable Margin margin) {
        return margin == null ? null : new RewardMargin(margin.runnerUp(), toAvro(margin.difference()));
    }

    private static @Nullable Margin fromAvro(@Nullable RewardMargin avro) {
        return avro == null ? null : new Margin(avro.getRunnerUp(), fromAvro(avro.getDifference()));
    }

    private static dev.assay.schemas.score.@Nullable AbstainingSet toAvro(@Nullable Abstaining abstaining) {
        if (abstaining == null) {
            return null;
        }
        AbstainingSet set = abstaining.set();
        return new dev.assay.schemas.score.AbstainingSet(
                abstaining.level(),
                set.criticalValue(),
                set.indices(),
                set.behind().stream().map(ScoreReplyCodec::toAvro).toList());
    }

    private static @Nullable Abstaining fromAvro(dev.assay.schemas.score.@Nullable AbstainingSet avro, int best) {
        if (avro == null) {
            return null;
        }
        List<Interval> behind =
                avro.getBehind().stream().map(ScoreReplyCodec::fromAvro).toList();
        return new Abstaining(
                avro.getLevel(), new AbstainingSet(best, avro.getIndices(), behind, avro.getCriticalValue()));
    }

    private static RewardInterval toAvro(Interval interval) {
        return new RewardInterval(interval.estimate(), interval.standardError(), interval.lower(), interval.upper());
    }

    private static Interval fromAvro(RewardInterval avro) {
        return new Interval(avro.getEstimate(), avro.getStandardError(), avro.getLower(), avro.getUpper());
    }
}
