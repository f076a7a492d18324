package dev.assay.cli.dlq;

import dev.assay.schemas.Topic;
import dev.assay.service.ingest.DeadLetter;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.quarantine.QuarantineReason;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.DeadLetterHeaders;
import dev.assay.streams.wire.JudgmentCodec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters are meant. */
final class DeadLetters {
    @Option(names = "--reason", paramLabel = "R")
    private @Nullable String reason;

    @Option(names = "--from", paramLabel = "TIME")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME")
    private @Nullable String to;

    /** Hands over those there are, partition by partition in the order of their offsets; there may be many. */
    void each(Deployment deployment, Consumer<DeadLetter> letters) {
        JudgmentCodec codec = new JudgmentCodec(deployment.wire());
        read(
                deployment,
                deployment.topics().refusedJudgments(),
                RefusalReason.values(),
                record -> letters.accept(new DeadLetter(record, codec)));
    }

    /** Hands over what is in quarantine, likewise. */
    void eachQuarantined(Deployment deployment, Consumer<QuarantinedRecord> records) {
        read(
                deployment,
                deployment.topics().quarantine(deployment.shape().parameters()),
                QuarantineReason.values(),
                record -> records.accept(new QuarantinedRecord(record)));
    }

    private void read(
            Deployment deployment, Topic topic, Enum<?>[] reasons, Consumer<ConsumerRecord<byte[], byte[]>> records) {
        if (reason != null
                && Arrays.stream(reasons).noneMatch(known -> known.name().equals(reason))) {
            throw new InvalidInputException("--reason must be one of " + Arrays.toString(reasons) + ", was " + reason);
        }
        long first = millis("--from", from, Long.MIN_VALUE);
        long end = millis("--to", to, Long.MAX_VALUE);
        try (TopicTail reader = Clients.tail(deployment, topic.name())) {
            reader.readToEnd(record -> {
                boolean meant = (reason == null
                                || reason.equals(DeadLetterHeaders.get(record.headers(), DeadLetterHeaders.REASON)))
                        && record.timestamp() >= first
                        && record.timestamp() < end;
                if (meant) {
                    records.accept(record);
                }
            });
        }
    }

    private static long millis(String option, @Nullable String time, long otherwise) {
        try {
            return time == null ? otherwise : Instant.parse(time).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(option + " must be a time such as 2026-01-31T13:23:06Z, was " + time);
        }
    }
}
