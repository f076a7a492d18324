package dev.assay.cli.roles;

import dev.assay.cli.command.DeploymentOption;
import dev.assay.cli.command.Interruption;
import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.roles.Operations;
import dev.assay.service.roles.RunningGateway;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.settings.GatewaySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay gateway}: judgments over HTTP, until interrupted. */
@Command(
        name = "gateway",
        mixinStandardHelpOptions = true,
        description =
                "Take judgments, retractions, erasures and platforms' webhooks over HTTP. Several share the work.")
public final class GatewayCommand implements Callable<Integer> {
    private static final Duration BROKER_PATIENCE = Duration.ofMinutes(1);
    private static final int LARGEST_PORT = 65_535;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on instead of the config's gateway.port; 0 picks a free one.")
    private @Nullable Integer port;

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "YAML that says how Label Studio or Argilla write their judgments: ops/docs/platforms.md.")
    private @Nullable Path mapping;

    @Override
    public Integer call() throws Exception {
        if (port != null && (port < 0 || port > LARGEST_PORT)) {
            throw new InvalidInputException("--port must be 0 to " + LARGEST_PORT + ", was " + port);
        }
        PlatformSettings platforms =
                IngestSource.Reading.of("auto", mapping, null).settings();
        Deployment opened = deployment.open();
        Clients.setUpTopics(opened, BROKER_PATIENCE);
        GatewaySettings settings = opened.config().gateway();
        try (Interruption interruption = Interruption.awaited();
                Operations operations = Operations.start(opened, "gateway");
                RunningGateway gateway = RunningGateway.start(
                        opened, port == null ? settings : settings.withPort(port), platforms, operations.meters())) {
            gateway.watchedBy(operations);
            spec.commandLine()
                    .getOut()
                    .println("The gateway of model " + opened.model() + " listens on " + gateway.address()
                            + ". Stop with Ctrl-C.");
            spec.commandLine().getOut().flush();
            interruption.await();
        }
        return 0;
    }
}
