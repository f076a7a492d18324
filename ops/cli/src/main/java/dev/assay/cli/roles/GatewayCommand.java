package dev.assay.cli.roles;

import dev.assay.cli.command.MappingOption;
import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.roles.RunningGateway;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.settings.GatewaySettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay gateway}: judgments over HTTP, until interrupted. */
@Command(name = "gateway", mixinStandardHelpOptions = true)
public final class GatewayCommand extends RoleCommand {
    @Option(names = "--port", paramLabel = "N")
    private @Nullable Integer port;

    @Mixin
    private MappingOption mapping = new MappingOption();

    @Override
    protected int run() throws Exception {
        if (port != null) {
            InvalidInputException.requirePort("--port", port);
        }
        PlatformSettings platforms =
                IngestSource.Reading.of("auto", mapping.file(), null, null).settings();
        Deployment opened = ready(BROKER_PATIENCE);
        GatewaySettings settings = opened.config().servers().gateway();
        return untilInterrupted(
                opened,
                "gateway",
                operations -> RunningGateway.start(
                        opened, port == null ? settings : settings.withPort(port), platforms, operations.meters()),
                "");
    }
}
