package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.adapt.JudgmentMessage;
import dev.assay.streams.adapt.JudgmentRecords;

/** Writes judgments and retractions to the deployment's topic, keyed by annotator. */
final class JudgmentWriter implements AutoCloseable {
    private final CheckedSender sender;
    private final JudgmentRecords records;

    JudgmentWriter(Deployment deployment) {
        sender = new CheckedSender(deployment);
        records = new JudgmentRecords(deployment.topics(), deployment.shards(), deployment.wire());
    }

    /** Sends; what the broker says of it is known at {@link #flush}. */
    void write(JudgmentMessage message) {
        sender.send(records.of(message));
    }

    /** Waits until the broker has acknowledged all. */
    void flush() throws Exception {
        sender.flush();
    }

    @Override
    public void close() {
        sender.close();
    }
}
