package dev.assay.streams.model;

/** What arrives on the topic of score requests. */
public sealed interface ScoreMessage permits ScoreRequest, ScoreBatch {
    /** @return what comes back in the answer: requestId or batchId */
    String id();
}
