package dev.assay.cli.roles;

import dev.assay.service.roles.RunningEstimator;
import dev.assay.streams.Deployment;
import picocli.CommandLine.Command;

/** {@code assay estimator}: admit, collect, descend and publish, until interrupted. Start several to share the shards. */
@Command(name = "estimator", mixinStandardHelpOptions = true)
public final class EstimatorCommand extends RoleCommand {
    @Override
    protected int run() throws Exception {
        Deployment opened = ready(BROKER_PATIENCE);
        return untilInterrupted(
                opened, "estimator", operations -> RunningEstimator.start(opened, operations.meters()), "");
    }
}
