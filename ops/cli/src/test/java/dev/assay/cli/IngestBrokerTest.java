package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.DeploymentOption;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.topics.CheckedSender;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.model.StoredComparison;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.ComparisonCodec;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.Partitioning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ingest} on a real broker; no estimator runs here, its first stage is played by hand. */
@Tag("broker")
class IngestBrokerTest {
    @TempDir
    Path folder;

    @Test
    void whatIsSentIsResumedAndReconciled() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(0, folder.resolve("broker"))) {
            Path config = Files.writeString(
                    folder.resolve("assay.yaml"),
                    "kafka: {bootstrap.servers: \"" + broker.bootstrapServers() + "\"}\n"
                            + "topics: {shards: 2}\nfeatures: {kind: vectors, dimension: 1}\n");
            Deployment deployment = DeploymentOption.open(config);
            Clients.setUpTopics(deployment, Duration.ofMinutes(1));
            Path file = folder.resolve("campaign.jsonl");
            String state = folder.resolve("state").toString();

            // Of three lines one is refused and the others are sent; what comes later is all that is sent later.
            Files.writeString(file, line("j1", "FIRST", 1, "10:00") + "no JSON\n" + line("j2", "FIRST", 1, "10:00"));
            Said first = ingest(config, file, "--resume", state);
            assertThat(first.exitCode()).isEqualTo(1);
            assertThat(first.out()).contains("2 judgments sent to assay.judgments");
            Files.writeString(file, Files.readString(file) + line("j3", "TIE", 1, "10:00"));
            Said second = ingest(config, file, "--resume", state);
            assertThat(second.exitCode()).isZero();
            assertThat(second.out()).contains("goes on after item 3", "1 judgments sent to assay.judgments");
            assertThat(sent(deployment))
                    .extracting(JudgmentMessage::judgmentId)
                    .containsExactlyInAnyOrder("j1", "j2", "j3");

            // Beside them stand one judged after the export and one of another source.
            ingest(
                    config,
                    Files.writeString(folder.resolve("late.jsonl"), line("j4", "FIRST", 1, "23:00")),
                    "--source",
                    "campaign.jsonl");
            ingest(config, Files.writeString(folder.resolve("other.jsonl"), line("j5", "FIRST", 1, "10:00")));
            stand(deployment);

            // The export: j1 alike, j2 gone, j3 edited, j6 new.
            Files.writeString(
                    file,
                    line("j1", "FIRST", 1, "10:00")
                            + line("j3", "SECOND", 1, "11:00")
                            + line("j6", "FIRST", 2, "11:00"));
            int before = sent(deployment).size();
            String[] options = {"--reconcile", "--as-of", "2024-05-31T12:00:00Z"};
            Said dry = ingest(config, file, options[0], options[1], options[2], "--dry-run");
            String counts = "1 stand alike, 1 missing and sent, 1 different and sent, 1 no longer in the export and"
                    + " retracted, 1 newer than the export and left";
            assertThat(dry.out()).contains("(dry run: nothing was sent)", counts);
            assertThat(sent(deployment)).hasSize(before);
            assertThat(ingest(config, file, options).out()).contains("reconciled with [campaign.jsonl]", counts);
            List<JudgmentMessage> all = sent(deployment);
            assertThat(all).hasSize(before + 3).contains(new Retraction("j2", "ann", "campaign.jsonl"));
            stand(deployment);
            assertThat(ingest(config, file, options).out())
                    .contains("3 stand alike, 0 missing and sent, 0 different and sent, 0 no longer");

            // An export that is not understood as a whole retracts nothing.
            Files.writeString(file, line("j1", "FIRST", 1, "10:00") + "no JSON\n");
            Said broken = ingest(config, file, options);
            assertThat(broken.out())
                    .contains("0 no longer in the export and retracted", "2 no longer in the export were kept");
            assertThat(broken.exitCode()).isEqualTo(1);
        }
    }

    private static String line(String id, String preference, int feature, String time) {
        return """
                {"judgmentId":"%s","annotatorId":"ann","promptId":"p","preference":"%s","context":{"x":1,"y":"z"},\
                "judgedAt":"2024-05-31T%s:00.123456Z","responses":[{"responseId":"a","features":[%d]},\
                {"responseId":"b","features":[0]}]}
                """.formatted(id, preference, time, feature);
    }

    private static List<JudgmentMessage> sent(Deployment deployment) {
        List<JudgmentMessage> sent = new ArrayList<>();
        JudgmentCodec codec = new JudgmentCodec(deployment.wire());
        Clients.read(deployment, deployment.topics().judgments().name(), record -> {
            try {
                sent.add(codec.decode(record.value()));
            } catch (UndecodableException e) {
                throw new AssertionError(e);
            }
        });
        return sent;
    }

    /** What the estimator's first stage does with the topic of judgments. */
    private static void stand(Deployment deployment) throws Exception {
        Admit admit = new Admit(deployment.contextSpec(), new RememberedFeatures(deployment.featureSpace(), 10));
        JudgmentCodec codec = new JudgmentCodec();
        try (CheckedSender sender = new CheckedSender(deployment)) {
            for (JudgmentMessage message : sent(deployment)) {
                Admission admission = admit.admit(codec.encode(message));
                if (admission instanceof Admission.Admitted admitted) {
                    sender.send(record(deployment, admitted.key(), admitted.comparison()));
                } else if (admission instanceof Admission.Retracted retracted) {
                    sender.send(record(deployment, retracted.key(), null));
                }
            }
            sender.flush();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(
            Deployment deployment, ComparisonKey key, @Nullable StoredComparison comparison) {
        return new ProducerRecord<>(
                deployment.topics().comparisons().name(),
                Partitioning.of(Partitioning.partitionedBy(key), deployment.shards()),
                Codec.COMPARISON_KEYS.encode(key),
                comparison == null ? null : new ComparisonCodec(deployment.wire()).encode(comparison));
    }

    private static Said ingest(Path config, Path file, String... options) {
        List<String> args = new ArrayList<>(List.of("ingest", "-c", config.toString(), file.toString()));
        args.addAll(List.of(options));
        return Said.assay(args.toArray(new String[0]));
    }
}
