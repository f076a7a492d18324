package dev.assay.cli.roles;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.cli.command.Interruption;
import dev.assay.service.roles.BrokerWatch;
import dev.assay.service.roles.Operations;
import dev.assay.service.roles.RunningRole;
import dev.assay.streams.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * One role in this process until it is interrupted, or does not get on and will not by itself: then the process ends, so that
 * whoever keeps it running starts another. A health check alone would not do: Docker restarts what has ended, not what is
 * unhealthy.
 */
abstract class RoleCommand extends DeploymentCommand {
    /** How long a role waits for its broker when it starts: they may be started together. */
    static final Duration BROKER_PATIENCE = Duration.ofMinutes(1);

    /** Exit code of a process whose role did not get on: {@code EX_TEMPFAIL}, to be started again. */
    public static final int STUCK = 75;

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** What a role takes to close in order, and some seconds. */
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(45);

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
            while (!interruption.await(LOOK_AGAIN)) {
                List<String> dead = role.dead();
                if (!dead.isEmpty()) {
                    endWithin(closesWithin());
                    failed("the " + name + " of model " + deployment.model()
                            + " does not get on, and ends to be started again: " + String.join("; ", dead));
                    return STUCK;
                }
            }
        }
        return 0;
    }

    /** @return how long the role may take to close once it does not get on */
    Duration closesWithin() {
        return CLOSES_WITHIN;
    }

    /** What does not get on may not close either. */
    private static void endWithin(Duration time) {
        Thread last = new Thread(
                () -> {
                    long deadline = System.nanoTime() + time.toNanos();
                    while (System.nanoTime() < deadline) {
                        LockSupport.parkNanos(deadline - System.nanoTime());
                    }
                    Runtime.getRuntime().halt(STUCK);
                },
                "last-resort");
        last.setDaemon(true);
        last.start();
    }
}
