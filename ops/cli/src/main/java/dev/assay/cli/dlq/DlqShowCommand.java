package dev.assay.cli.dlq;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.service.ingest.DeadLetter;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.tail.TopicTail;
import dev.assay.streams.wire.DeadLetterHeaders;
import dev.assay.streams.wire.JudgmentCodec;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code assay dlq show}: one of them whole; what annotators and responses are called is in it. */
@Command(name = "show", mixinStandardHelpOptions = true)
final class DlqShowCommand extends DeploymentCommand {
    private static final Pattern PLACE = Pattern.compile("(\\d{1,6})@(\\d{1,18})");
    private static final int SHOWN_BYTES = 256;

    @Parameters(paramLabel = "PARTITION@OFFSET", description = "Where it is, as assay dlq list says.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String place;

    @Override
    protected int run() throws Exception {
        Matcher named = PLACE.matcher(place);
        if (!named.matches()) {
            throw new InvalidInputException("PARTITION@OFFSET must be two whole numbers such as 2@17, was " + place);
        }
        Deployment opened = ready(PATIENCE);
        DeadLetter letter = read(opened, Integer.parseInt(named.group(1)), Long.parseLong(named.group(2)));
        if (letter == null) {
            throw new InvalidInputException("PARTITION@OFFSET must be a record of "
                    + opened.topics().refusedJudgments().name() + ", was " + place);
        }
        print(letter, out());
        return 0;
    }

    private static @Nullable DeadLetter read(Deployment opened, int partition, long offset) {
        TopicPartition at =
                new TopicPartition(opened.topics().refusedJudgments().name(), partition);
        if (partition >= opened.shards()) {
            return null;
        }
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(opened)) {
            return TopicTail.recordAt(consumer, at, offset)
                    .map(record -> new DeadLetter(record, new JudgmentCodec(opened.wire())))
                    .orElse(null);
        }
    }

    private static void print(DeadLetter letter, PrintWriter out) {
        ConsumerRecord<byte[], byte[]> record = letter.record();
        out.println(letter.place() + " received " + Instant.ofEpochMilli(record.timestamp()));
        record.headers()
                .forEach(header -> out.println(
                        "header " + header.key() + ": " + DeadLetterHeaders.get(record.headers(), header.key())));
        out.println("key: " + (record.key() == null ? "none" : new String(record.key(), StandardCharsets.UTF_8)));
        letter.key()
                .ifPresent(judgment -> out.println("judgment " + judgment.getJudgmentId() + " of "
                        + (judgment.getAnnotatorId() == null ? "nobody known" : judgment.getAnnotatorId())));
        byte[] value = record.value();
        if (value == null) {
            out.println("value: none");
        } else if (letter.platform().isPresent()) {
            out.println("value, " + value.length + " bytes: " + new String(value, StandardCharsets.UTF_8));
        } else {
            int shown = Math.min(SHOWN_BYTES, value.length);
            out.println("value, " + value.length + " bytes, in hexadecimal: "
                    + HexFormat.of().formatHex(value, 0, shown) + (shown < value.length ? "…" : ""));
        }
        out.flush();
    }
}
