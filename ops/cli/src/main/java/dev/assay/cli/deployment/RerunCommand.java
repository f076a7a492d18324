package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentOption;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code assay rerun}: compute the estimate anew, now. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        description = "Ask for a rerun now; it also ends the hold of a rollback.")
public final class RerunCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Mixin
    private CommandOptions options = new CommandOptions();

    @Override
    public Integer call() throws Exception {
        String id = options.commandId();
        Deployment opened = deployment.open();
        Clients.requireTopics(opened, Duration.ofSeconds(10));
        return options.send(
                opened,
                new dev.assay.streams.model.Command.Rerun(id, Instant.now()),
                spec.commandLine().getOut());
    }
}
