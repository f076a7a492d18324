package dev.assay.streams.model;

import java.util.List;

/**
 * Several requests, all to be answered from one snapshot; nothing here is checked yet.
 *
 * @param batchId comes back in the answer
 * @param requests each answered by itself
 */
public record ScoreBatch(String batchId, List<ScoreRequest> requests) implements ScoreMessage {
    @Override
    public String id() {
        return batchId;
    }

    /** @return candidates of all requests together */
    public long candidates() {
        return requests.stream()
                .mapToLong(request -> request.candidates().size())
                .sum();
    }
}
