package dev.assay.cli.roles;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.cli.command.Interruption;
import dev.assay.service.roles.BrokerWatch;
import dev.assay.service.roles.Operations;
import dev.assay.service.roles.RunningRole;
import dev.assay.streams.Deployment;
import java.time.Duration;
import java.util.function.Function;

/** One role in this process until it is interrupted. */
abstract class RoleCommand extends DeploymentCommand {
    /** How long a role waits for its broker when it starts: they may be started together. */
    static final Duration BROKER_PATIENCE = Duration.ofMinutes(1);

    /**
     * @param start the role, counting where it is told
     * @param besides what else to say of it
     */
    final int untilInterrupted(
            Deployment deployment, String name, Function<Operations, ? extends RunningRole> start, String besides)
            throws InterruptedException {
        try (Interruption interruption = Interruption.awaited();
                Operations operations = Operations.start(deployment, name);
                RunningRole role = start.apply(operations);
                BrokerWatch watch = BrokerWatch.start(deployment, role, operations.meters())) {
            role.watchedBy(operations);
            say("The " + name + " of model " + deployment.model() + " " + role.where() + besides
                    + ". Stop with Ctrl-C.");
            interruption.await();
        }
        return 0;
    }
}
