package dev.assay.streams.wire;

import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.score.ScoreCandidate;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreMessage;
import dev.assay.streams.model.ScoreRequest;
import java.util.ArrayList;
import java.util.List;

/** Score requests and batches of them, told apart by the schema their frame names. */
public final class ScoreRequestCodec implements Codec<ScoreMessage> {
    private final RecordFormat<dev.assay.schemas.score.ScoreRequest> requests;
    private final RecordFormat<dev.assay.schemas.score.ScoreBatch> batches;

    /** Of bytes that no topic sees: Avro single objects. */
    public ScoreRequestCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public ScoreRequestCodec(WireFormat wire) {
        requests = wire.of(dev.assay.schemas.score.ScoreRequest.class);
        batches = wire.of(dev.assay.schemas.score.ScoreBatch.class);
    }

    @Override
    public byte[] encode(ScoreMessage message) {
        if (message instanceof ScoreBatch batch) {
            return batches.encode(new dev.assay.schemas.score.ScoreBatch(
                    batch.batchId(),
                    batch.requests().stream().map(ScoreRequestCodec::toAvro).toList()));
        }
        return requests.encode(toAvro((ScoreRequest) message));
    }

    @Override
    public ScoreMessage decode(byte[] bytes) throws UndecodableException {
        if (!batches.recognises(bytes)) {
            return fromAvro(requests.decode(bytes));
        }
        var avro = batches.decode(bytes);
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
