package dev.assay.service.topics;

import dev.assay.streams.Deployment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.wire.JudgmentRecords;

/** Writes judgments and retractions to the deployment's topic, keyed by annotator. */
public final class JudgmentWriter implements AutoCloseable {
    private final CheckedSender sender;
    private final JudgmentRecords records;

    public JudgmentWriter(Deployment deployment) {
        sender = new CheckedSender(deployment);
        records = new JudgmentRecords(deployment.topics(), deployment.shards(), deployment.wire());
    }

    /** Sends; what the broker says of it is known at {@link #flush}. */
    public void write(JudgmentMessage message) {
        sender.send(records.of(message));
    }

    /** Waits until the broker has acknowledged all. */
    public void flush() throws Exception {
        sender.flush();
    }

    @Override
    public void close() {
        sender.close();
    }
}
