package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.adapt.NeutralFormat;
import dev.assay.streams.adapt.NeutralFormat.StoredResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay ingest}: files to the topic of judgments. */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Send judgments from a file in the neutral format to the topic of judgments.")
final class IngestCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Parameters(
            paramLabel = "FILE",
            description = "judgments.jsonl or judgments.jsonl.gz with responses.jsonl[.gz] beside it, or their folder.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Option(names = "--wait", description = "Wait until the estimator has published a snapshot that covers all.")
    private boolean wait;

    @Override
    public Integer call() throws Exception {
        Path folder = folder();
        Deployment opened = deployment.open();
        Clients.setUpTopics(opened, Duration.ofSeconds(30));
        Map<String, StoredResponse> responses = NeutralFormat.responses(folder);
        long[] sent = {0};
        try (JudgmentWriter writer = new JudgmentWriter(opened);
                Progress progress = Progress.of("judgments", "sent", -1)) {
            NeutralFormat.judgments(folder, responses, judgment -> {
                writer.write(judgment);
                progress.step();
                sent[0]++;
            });
            writer.flush();
        }
        spec.commandLine()
                .getOut()
                .println(sent[0] + " judgments sent to "
                        + opened.topics().judgments().name());
        if (wait) {
            try (Coverage coverage = new Coverage(opened)) {
                coverage.awaitAdmission(Duration.ofMinutes(10));
                var snapshot = coverage.awaitSnapshot(Duration.ofMinutes(10));
                spec.commandLine()
                        .getOut()
                        .println("snapshot " + snapshot.version() + " covers all, " + snapshot.judgments()
                                + " judgments");
            }
        }
        return 0;
    }

    private Path folder() {
        if (Files.isDirectory(file)) {
            return file;
        }
        Path name = file.getFileName();
        Path parent = file.toAbsolutePath().getParent();
        boolean judgments = name != null && name.toString().matches("judgments\\.jsonl(\\.gz)?");
        if (!Files.isRegularFile(file) || !judgments || parent == null) {
            throw new InvalidInputException(
                    "FILE must be judgments.jsonl, judgments.jsonl.gz or the folder it is in, was " + file);
        }
        return parent;
    }
}
