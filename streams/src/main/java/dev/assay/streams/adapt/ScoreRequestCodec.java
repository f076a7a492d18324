package dev.assay.streams.adapt;

import dev.assay.schemas.SingleObject;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.score.ScoreCandidate;
import java.util.ArrayList;
import java.util.List;

/** Score requests. */
public final class ScoreRequestCodec implements Codec<ScoreRequest> {
    private final SingleObject<dev.assay.schemas.score.ScoreRequest> requests =
            new SingleObject<>(dev.assay.schemas.score.ScoreRequest.class);

    @Override
    public byte[] encode(ScoreRequest request) {
        List<ScoreCandidate> candidates = request.candidates().stream()
                .map(candidate -> new ScoreCandidate(
                        candidate.candidateId(),
                        candidate.text(),
                        candidate.features() == null ? null : PackedVectors.pack(candidate.features())))
                .toList();
        return requests.encode(new dev.assay.schemas.score.ScoreRequest(
                request.requestId(),
                candidates,
                request.level(),
                dev.assay.schemas.score.CovarianceChoice.valueOf(
                        request.covariance().name()),
                dev.assay.schemas.score.Centre.valueOf(request.centre().name()),
                request.featureSpace()));
    }

    @Override
    public ScoreRequest decode(byte[] bytes) throws UndecodableException {
        var avro = requests.decode(bytes);
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
                ScoreRequest.CovarianceChoice.valueOf(avro.getCovariance().name()),
                ScoreRequest.Centre.valueOf(avro.getCentre().name()),
                avro.getFeatureSpace());
    }
}
