package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.adapt.ParameterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay rollback}: publish an older snapshot under a new version, and hold it. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Publish an older snapshot under a new version, and nothing newer until assay rerun.")
final class RollbackCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Mixin
    private CommandOptions options = new CommandOptions();

    @Parameters(paramLabel = "VERSION", description = "The version to go back to: assay versions lists them.")
    private long version;

    @Override
    public Integer call() throws Exception {
        String id = options.commandId();
        Deployment opened = deployment.open();
        Clients.setUpTopics(opened, Duration.ofSeconds(10));
        ParameterSnapshot snapshot = new VersionHistory(opened).require("VERSION", version);
        return options.send(
                opened,
                new dev.assay.streams.adapt.Command.Rollback(id, snapshot, Instant.now()),
                spec.commandLine().getOut());
    }
}
