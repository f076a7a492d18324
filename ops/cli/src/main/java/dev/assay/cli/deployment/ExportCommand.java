package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentOption;
import dev.assay.cli.command.Failures;
import dev.assay.service.export.ExportCounts;
import dev.assay.service.export.TrlExport;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.Coverage;
import dev.assay.service.topics.VersionHistory;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay export}: what the deployment has learnt, as training data. */
@Command(
        name = "export",
        description =
                "Write the standing comparisons as preference rows for TRL, weighed by the annotators' rationality.")
public final class ExportCommand implements Callable<Integer> {
    /** Who is to read the rows. */
    enum Format {
        trl
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    // The standard options without --version, which here names a snapshot.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Option(names = "--format", description = "One of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format = Format.trl;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write, one row a line.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Option(
            names = "--prompts",
            paramLabel = "FILE",
            description = "Texts of prompts, lines {\"prompt_id\", \"prompt\"}. Default: the ids stand for them.")
    private @Nullable Path prompts;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            description = "The snapshot to weigh by. Default: the newest of a rerun.")
    private @Nullable Long version;

    @Option(names = "--ids", description = "Where a text is gone, write its id; otherwise such rows are left out.")
    private boolean ids;

    @Override
    public Integer call() throws Exception {
        Deployment opened = deployment.open();
        Clients.requireTopics(opened, Duration.ofSeconds(10));
        ParameterSnapshot snapshot = snapshot(opened);
        if (snapshot == null) {
            spec.commandLine()
                    .getErr()
                    .println("assay: no snapshot of model " + opened.model() + " has been published");
            return Failures.FAILED;
        }
        ExportCounts counts = new TrlExport(opened, snapshot, ids).write(out, prompts);
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(counts.text());
        terminal.println("weighed by version " + snapshot.version() + ", " + snapshot.kind() + "; " + format
                + " rows in " + out);
        terminal.flush();
        if (counts.rows().all() == 0) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "assay: there is nothing to train on; where judgments came without texts, --ids writes ids");
            return Failures.FAILED;
        }
        return 0;
    }

    /** A rollback republishes a rerun, so the newest of a rerun is also the one that is held. */
    private @Nullable ParameterSnapshot snapshot(Deployment opened) {
        if (version != null) {
            return new VersionHistory(opened).require("--version", version);
        }
        ParameterSnapshot newest;
        try (Coverage.SnapshotReader reader = new Coverage.SnapshotReader(opened)) {
            newest = reader.newest();
        }
        if (newest != null && newest.kind() == ParameterSnapshot.Kind.RERUN) {
            return newest;
        }
        return new VersionHistory(opened).newestRerun().orElse(newest);
    }
}
