package dev.assay.streams.wire;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.score.ScoreCandidate;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreMessage;
import dev.assay.streams.model.ScoreRequest;
import java.util.ArrayList;
import java.util.List;

/** Score requests and batches of them, told apart by the schema their frame names. */
public final class ScoreRequestCodec extends EitherCodec<ScoreMessage, ScoreBatch, ScoreRequest> {
    /** Of bytes that no topic sees: Avro single objects. */
    public ScoreRequestCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ScoreRequestCodec(WireFormat wire) {
        super(
                ScoreBatch.class,
                new RecordCodec<>(
                        wire,
                        dev.assay.schemas.score.ScoreBatch.class,
                        ScoreRequestCodec::toAvro,
                        ScoreRequestCodec::fromAvro),
                ScoreRequest.class,
                new RecordCodec<>(
                        wire,
                        dev.assay.schemas.score.ScoreRequest.class,
                        ScoreRequestCodec::toAvro,
                        ScoreRequestCodec::fromAvro));
    }

    private static dev.assay.schemas.score.ScoreBatch toAvro(ScoreBatch batch) {
        return new dev.assay.schemas.score.ScoreBatch(
                batch.batchId(),
                batch.requests().stream().map(ScoreRequestCodec::toAvro).toList());
    }

    private static ScoreBatch fromAvro(dev.assay.schemas.score.ScoreBatch avro) throws UndecodableException {
        List<ScoreRequest> inside = new ArrayList<>(avro.getRequests().size());
        for (var request : avro.getRequests()) {
            inside.add(fromAvro(request));
        }
        return new ScoreBatch(avro.getBatchId(), inside);
    }

    private static dev.assay.schemas.score.ScoreRequest toAvro(ScoreRequest request) {
        List<ScoreCandidate> candidates = request.candidates().stream()
                .map(candidate -> new ScoreCandidate(
                        candidate.candidateId(),
                        candidate.text(),
                        candidate.features() == null ? null : PackedVectors.pack(candidate.features())))
                .toList();
        return new dev.assay.schemas.score.ScoreRequest(
                request.requestId(),
                candidates,
                request.level(),
                ScoreEnums.toAvro(request.covariance()),
                ScoreEnums.toAvro(request.centre()),
                request.featureSpace(),
                request.quantile(),
                request.abstain());
    }

    private static ScoreRequest fromAvro(dev.assay.schemas.score.ScoreRequest avro) throws UndecodableException {
        List<ScoreRequest.Candidate> candidates =
                new ArrayList<>(avro.getCandidates().size());
        for (var candidate : avro.getCandidates()) {
            candidates.add(new ScoreRequest.Candidate(
                    candidate.getCandidateId(),
                    candidate.getText(),
                    candidate.getFeatures() == null ? null : PackedVectors.unpack(candidate.getFeatures())));
        }
        return new ScoreRequest(
                avro.getRequestId(),
                candidates,
                avro.getLevel(),
                ScoreEnums.fromAvro(avro.getCovariance()),
                ScoreEnums.fromAvro(avro.getCentre()),
                avro.getFeatureSpace(),
                avro.getQuantile(),
                avro.getAbstain());
    }
}
