package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one role in this process until it is interrupted. */
final class RoleRun {
    private static final Duration BROKER_PATIENCE = Duration.ofMinutes(1);

    private RoleRun() {}

    static int untilInterrupted(
            Deployment deployment, Function<Deployment, Role> starter, String name, CommandSpec spec) throws Exception {
        Clients.setUpTopics(deployment, BROKER_PATIENCE);
        try (Interruption interruption = Interruption.awaited();
                Role role = starter.apply(deployment)) {
            spec.commandLine()
                    .getOut()
                    .println("The " + name + " of model " + deployment.model() + " is running on "
                            + deployment.config().kafka().get("bootstrap.servers") + ". Stop with Ctrl-C.");
            spec.commandLine().getOut().flush();
            interruption.await();
        }
        return 0;
    }
}
