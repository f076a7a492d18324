package dev.assay.cli.dlq;

import dev.assay.cli.command.DeploymentOption;
import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay dlq redrive}: back with what was refused, after a fix. */
@Command(
        name = "redrive",
        mixinStandardHelpOptions = true,
        description = "Send refused records back as received, except where a newer edition of the judgment is there.")
final class DlqRedriveCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Mixin
    private DeadLetters which = new DeadLetters();

    @Option(names = "--dry-run", description = "Send nothing; say what would become of them now.")
    private boolean dry;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "YAML that says how Label Studio or Argilla write their judgments: ops/docs/platforms.md.")
    private @Nullable Path mapping;

    @Override
    public Integer call() throws Exception {
        PlatformSettings platforms =
                IngestSource.Reading.of("auto", mapping, null).settings();
        Deployment opened = deployment.open();
        Clients.setUpTopics(opened, Duration.ofSeconds(10));
        PrintWriter out = spec.commandLine().getOut();
        try (Redrive redrive = new Redrive(opened, platforms, dry)) {
            Map<String, Integer> outcomes = redrive.send(which);
            int letters = outcomes.values().stream().mapToInt(Integer::intValue).sum();
            out.printf(
                    "%,d of %s%n", letters, opened.topics().rejectedJudgments().name());
            outcomes.forEach((outcome, count) -> out.printf("%-40s %,d%n", outcome, count));
        }
        out.flush();
        return 0;
    }
}
