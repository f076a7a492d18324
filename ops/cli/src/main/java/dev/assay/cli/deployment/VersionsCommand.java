package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentOption;
import dev.assay.cli.command.Failures;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.VersionHistory;
import dev.assay.streams.Deployment;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code assay versions}: the versions a rollback can go to. */
@Command(
        name = "versions",
        mixinStandardHelpOptions = true,
        description = "List the versions of reruns and rollbacks; assay rollback can go to each.")
public final class VersionsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Override
    public Integer call() throws Exception {
        Deployment opened = deployment.open();
        Clients.requireTopics(opened, Duration.ofSeconds(10));
        List<VersionHistory.Version> versions = new VersionHistory(opened).versions();
        PrintWriter out = spec.commandLine().getOut();
        if (versions.isEmpty()) {
            spec.commandLine().getErr().println("assay: no rerun of model " + opened.model() + " has been published");
            return Failures.FAILED;
        }
        for (VersionHistory.Version version : versions) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-8d %-11s %s  %,d judgments  log-likelihood %,.2f%s",
                    version.version(),
                    version.kind(),
                    version.publishedAt(),
                    version.judgments(),
                    version.logLikelihood(),
                    version.rolledBackFrom() == null ? "" : "  again version " + version.rolledBackFrom()));
        }
        out.flush();
        return 0;
    }
}
