package dev.assay.bench.streaming;

import dev.assay.schemas.UndecodableException;
import dev.assay.streams.model.ShardReport;
import dev.assay.streams.wire.ShardReportCodec;
import java.util.concurrent.atomic.AtomicLongArray;

/** How many judgments the shards hold, by what they report. */
final class CollectedCount implements AutoCloseable {
    private final AtomicLongArray judgments = new AtomicLongArray(Trial.SHARDS);
    private final AtomicLongArray reportedNanos = new AtomicLongArray(Trial.SHARDS);
    private final ShardReportCodec codec = new ShardReportCodec();
    private final Tail tail;

    CollectedCount(Trial trial) {
        int parameters = trial.deployment().shape().parameters();
        tail = new Tail(
                trial, trial.deployment().topics().shardReports(parameters).name(), 1, this::hear);
    }

    private void hear(Tail.Received received) throws UndecodableException {
        ShardReport report = codec.decode(received.record().value());
        judgments.set(report.shard(), held(report));
        reportedNanos.set(report.shard(), received.receivedNanos());
    }

    private static long held(ShardReport report) {
        if (report instanceof ShardReport.Status status) {
            return status.judgments();
        }
        return report instanceof ShardReport.Update update
                ? update.answer().count()
                : ((ShardReport.Reply) report).answer().count();
    }

    long sum() {
        long sum = 0;
        for (int shard = 0; shard < judgments.length(); shard++) {
            sum += judgments.get(shard);
        }
        return sum;
    }

    /** Whether every shard has reported after a time of {@link System#nanoTime}. */
    boolean allReportedSince(long nanos) {
        for (int shard = 0; shard < reportedNanos.length(); shard++) {
            if (reportedNanos.get(shard) - nanos < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        tail.close();
    }
}
