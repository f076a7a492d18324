package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.adapt.Judgment;
import dev.assay.streams.adapt.JudgmentRecords;

/** Writes judgments to the deployment's topic, keyed by annotator. */
final class JudgmentWriter implements AutoCloseable {
    private final CheckedSender sender;
    private final JudgmentRecords records;

    JudgmentWriter(Deployment deployment) {
        sender = new CheckedSender(deployment);
        records = new JudgmentRecords(deployment.topics(), deployment.shards());
    }

    /** Sends; what the broker says of it is known at {@link #flush}. */
    void write(Judgment judgment) {
        sender.send(records.of(judgment));
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
