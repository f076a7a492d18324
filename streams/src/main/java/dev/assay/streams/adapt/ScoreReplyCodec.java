package dev.assay.streams.adapt;

import dev.assay.schemas.SingleObject;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.score.ReplyStatus;
import dev.assay.streams.adapt.ScoreReply.Refused;
import dev.assay.streams.adapt.ScoreReply.Scored;
import dev.assay.streams.adapt.ScoreReply.ScoredCandidate;
import dev.assay.streams.adapt.ScoreReply.Unavailable;
import java.util.List;
import java.util.Objects;

/** Score replies. */
public final class ScoreReplyCodec implements Codec<ScoreReply> {
    private final SingleObject<dev.assay.schemas.score.ScoreReply> replies =
            new SingleObject<>(dev.assay.schemas.score.ScoreReply.class);

    @Override
    public byte[] encode(ScoreReply reply) {
        if (reply instanceof Scored scored) {
            return replies.encode(toAvro(scored));
        }
        boolean refused = reply instanceof Refused;
        String reason = reply instanceof Refused r ? r.reason() : ((Unavailable) reply).reason();
        return replies.encode(dev.assay.schemas.score.ScoreReply.newBuilder()
                .setRequestId(reply.requestId())
                .setStatus(refused ? ReplyStatus.REFUSED : ReplyStatus.UNAVAILABLE)
                .setReason(reason)
                .setCentre(dev.assay.schemas.score.Centre.FEATURE_SPACE)
                .build());
    }

    @Override
    public ScoreReply decode(byte[] bytes) throws UndecodableException {
        var avro = replies.decode(bytes);
        String reason = Objects.requireNonNullElse(avro.getReason(), "");
        return switch (avro.getStatus()) {
            case SCORED -> fromAvro(avro);
            case REFUSED -> new Refused(avro.getRequestId(), reason);
            case UNAVAILABLE -> new Unavailable(avro.getRequestId(), reason);
            case UNKNOWN -> throw UndecodableException.malformed("ScoreReply of unknown status");
        };
    }

    private static dev.assay.schemas.score.ScoreReply toAvro(Scored scored) {
        List<dev.assay.schemas.score.ScoredCandidate> candidates = scored.candidates().stream()
                .map(c -> new dev.assay.schemas.score.ScoredCandidate(
                        c.candidateId(), c.reward(), c.standardError(), c.lower(), c.upper()))
                .toList();
        return dev.assay.schemas.score.ScoreReply.newBuilder()
                .setRequestId(scored.requestId())
                .setStatus(ReplyStatus.SCORED)
                .setParameterVersion(scored.parameterVersion())
                .setFeatureSpace(scored.featureSpace())
                .setLevel(scored.level())
                .setCovariance(dev.assay.schemas.score.CovarianceChoice.valueOf(
                        scored.covariance().name()))
                .setCentre(
                        dev.assay.schemas.score.Centre.valueOf(scored.centre().name()))
                .setCandidates(candidates)
                .setBest(scored.best())
                .setPessimistic(scored.pessimistic())
                .build();
    }

    private static Scored fromAvro(dev.assay.schemas.score.ScoreReply avro) throws UndecodableException {
        Long version = avro.getParameterVersion();
        Integer best = avro.getBest();
        Integer pessimistic = avro.getPessimistic();
        if (version == null || best == null || pessimistic == null || avro.getCovariance() == null) {
            throw UndecodableException.malformed("a scored ScoreReply names its version, covariance and choices");
        }
        List<ScoredCandidate> candidates = avro.getCandidates().stream()
                .map(c -> new ScoredCandidate(
                        c.getCandidateId(), c.getReward(), c.getStandardError(), c.getLower(), c.getUpper()))
                .toList();
        return new Scored(
                avro.getRequestId(),
                version,
                Objects.requireNonNullElse(avro.getFeatureSpace(), ""),
                avro.getLevel(),
                ScoreRequest.CovarianceChoice.valueOf(avro.getCovariance().name()),
                ScoreRequest.Centre.valueOf(avro.getCentre().name()),
                candidates,
                best,
                pessimistic);
    }
}
