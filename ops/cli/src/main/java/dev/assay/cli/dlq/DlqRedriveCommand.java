package dev.assay.cli.dlq;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.cli.command.MappingOption;
import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.streams.Deployment;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay dlq redrive}: back with what was refused, after a fix. */
@Command(name = "redrive", mixinStandardHelpOptions = true)
final class DlqRedriveCommand extends DeploymentCommand {
    @Mixin
    private DeadLetters which = new DeadLetters();

    @Option(names = "--dry-run")
    private boolean dry;

    @Mixin
    private MappingOption mapping = new MappingOption();

    @Override
    protected int run() throws Exception {
        PlatformSettings platforms =
                IngestSource.Reading.of("auto", mapping.file(), null, null).settings();
        Deployment opened = ready(PATIENCE);
        PrintWriter out = out();
        try (Redrive redrive = new Redrive(opened, platforms, dry)) {
            Map<String, Integer> outcomes = redrive.send(which);
            int letters = outcomes.values().stream().mapToInt(Integer::intValue).sum();
            out.printf(
                    "%,d of %s%n", letters, opened.topics().refusedJudgments().name());
            outcomes.forEach((outcome, count) -> out.printf("%-40s %,d%n", outcome, count));
        }
        return 0;
    }
}
