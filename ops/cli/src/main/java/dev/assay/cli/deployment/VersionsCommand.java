package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.service.topics.VersionHistory;
import dev.assay.streams.Deployment;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code assay versions}: the versions a rollback can go to. */
@Command(name = "versions", mixinStandardHelpOptions = true)
public final class VersionsCommand extends DeploymentCommand {
    @Override
    protected int run() throws Exception {
        Deployment opened = existing(PATIENCE);
        List<VersionHistory.Version> versions = new VersionHistory(opened).versions();
        if (versions.isEmpty()) {
            return failed("no rerun of model " + opened.model() + " has been published");
        }
        for (VersionHistory.Version version : versions) {
            out().println(String.format(
                    Locale.ROOT,
                    "%-8d %-11s %s  %,d judgments  log-likelihood %,.2f%s",
                    version.version(),
                    version.kind(),
                    version.publishedAt(),
                    version.judgments(),
                    version.logLikelihood(),
                    version.rolledBackFrom() == null ? "" : "  again version " + version.rolledBackFrom()));
        }
        return 0;
    }
}
