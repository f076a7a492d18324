package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.ingest.formats.Intake;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestSinkTest {
    private static final String KEY = "a key of at least thirty-two characters";

    @TempDir
    Path folder;

    /** Otherwise one annotator would be two, and an erasure would miss one of them. */
    @Test
    void filesMakeTheSamePseudonymsAsTheGateway() throws Exception {
        Path config = Files.writeString(folder.resolve("assay.yaml"), """
                kafka: {bootstrap.servers: "localhost:1"}
                features: {kind: vectors, dimension: 1}
                gateway: {pseudonym-key: "%s"}
                """.formatted(KEY));
        ServiceConfig read = ServiceConfig.read(config);
        Deployment deployment = new Deployment(read, read.features().open(folder));
        List<JudgmentMessage> sent = new ArrayList<>();
        IngestSink sink = new IngestSink(
                deployment, null, (message, key, comparison) -> sent.add(message), (where, reason, message, key) -> {
                    throw new AssertionError(message);
                });
        sink.take("line 1", new Intake.Judged(judgment()));
        sink.take("line 2", new Intake.Withdrawn(new Retraction("j1", "ann", "test")));
        assertThat(sent)
                .hasSize(2)
                .extracting(JudgmentMessage::annotatorId)
                .containsOnly(new Pseudonyms(new Secret(KEY)).of("ann"))
                .doesNotContain("ann");
    }

    private static Judgment judgment() {
        return new Judgment(
                "j1",
                "ann",
                "p",
                List.of(
                        new JudgedResponse("a", null, null, new float[] {1}),
                        new JudgedResponse("b", null, null, new float[] {0})),
                List.of(1, 2),
                1,
                null,
                Occasion.of(Map.of(), "test"));
    }
}
