package dev.assay.cli;

import dev.assay.streams.Role;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code assay scorer}: answers score requests from the newest snapshot, until interrupted. */
@Command(
        name = "scorer",
        mixinStandardHelpOptions = true,
        description = "Run a scoring worker: score requests in, rewards with bounds out. Several share the requests.")
final class ScorerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Override
    public Integer call() throws Exception {
        return RoleRun.untilInterrupted(
                deployment.open(), opened -> Role.scorer(opened, new SimpleMeterRegistry()), "scorer", spec);
    }
}
