package dev.assay.cli.roles;

import dev.assay.cli.command.DeploymentOption;
import dev.assay.streams.Role;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code assay estimator}: admit, collect, descend and publish, until interrupted. Start several to share the shards. */
@Command(
        name = "estimator",
        mixinStandardHelpOptions = true,
        description = "Run an estimator: judgments in, parameter snapshots out. Several share the shards.")
public final class EstimatorCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Override
    public Integer call() throws Exception {
        return RoleRun.untilInterrupted(deployment.open(), Role::estimator, "estimator", spec);
    }
}
