package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.adapt.ParameterSnapshot;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one role in this process until it is interrupted. */
final class RoleRun {
    private static final Logger LOG = LoggerFactory.getLogger(RoleRun.class);
    private static final Duration BROKER_PATIENCE = Duration.ofMinutes(1);

    private RoleRun() {}

    static int untilInterrupted(
            Deployment deployment, Function<Deployment, Role> starter, String name, CommandSpec spec) throws Exception {
        Clients.setUpTopics(deployment, BROKER_PATIENCE);
        warnOfAnotherSpace(deployment);
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

    /** Allowed, since a deployment may change its mind; but what stands in the other space counts no more. */
    private static void warnOfAnotherSpace(Deployment deployment) {
        ParameterSnapshot newest;
        try (Coverage.SnapshotReader snapshots = new Coverage.SnapshotReader(deployment)) {
            newest = snapshots.newest();
        }
        if (newest != null
                && !newest.featureSpace().equals(deployment.featureSpace().id())) {
            LOG.atWarn()
                    .addKeyValue("snapshot", newest.featureSpace())
                    .addKeyValue("deployment", deployment.featureSpace().id())
                    .log("the newest snapshot is of another feature space: comparisons of that one are left out");
        }
    }
}
