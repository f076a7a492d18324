package dev.assay.cli.roles;

import dev.assay.cli.command.Interruption;
import dev.assay.service.roles.Operations;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one role in this process until it is interrupted. */
final class RoleRun {
    private static final Duration BROKER_PATIENCE = Duration.ofMinutes(1);

    private RoleRun() {}

    static int untilInterrupted(
            Deployment deployment, BiFunction<Deployment, MeterRegistry, Role> starter, String name, CommandSpec spec)
            throws Exception {
        Clients.setUpTopics(deployment, BROKER_PATIENCE);
        try (Interruption interruption = Interruption.awaited();
                Operations operations = Operations.start(deployment, name);
                Role role = starter.apply(deployment, operations.meters())) {
            if (operations.asked()) {
                role.bindTo(operations.meters());
            }
            operations.watch(() -> !role.failed(), role::running, "it waits for its shards, or reads them");
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
