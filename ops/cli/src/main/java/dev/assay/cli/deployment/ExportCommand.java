package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.service.export.ExportCounts;
import dev.assay.service.export.TrlExport;
import dev.assay.service.topics.Coverage;
import dev.assay.service.topics.VersionHistory;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay export}: what the deployment has learnt, as training data. */
@Command(
        name = "export",
        description =
                "Write the standing comparisons as preference rows for TRL, weighed by the annotators' rationality.")
public final class ExportCommand extends DeploymentCommand {
    /** Who is to read the rows. */
    enum Format {
        trl
    }

    // The standard options without --version, which here names a snapshot.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

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
    protected int run() throws Exception {
        Deployment opened = existing();
        ParameterSnapshot snapshot = snapshot(opened);
        if (snapshot == null) {
            return failed("no snapshot of model " + opened.model() + " has been published");
        }
        ExportCounts counts = new TrlExport(opened, snapshot, ids).write(out, prompts);
        out().println(counts.text());
        out().println("weighed by version " + snapshot.version() + ", " + snapshot.kind() + "; " + format + " rows in "
                + out);
        if (counts.rows().all() == 0) {
            return failed("there is nothing to train on; where judgments came without texts, --ids writes ids");
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
