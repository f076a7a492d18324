package dev.assay.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay broker}: the embedded broker alone, until interrupted. */
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = "Run a single-node Kafka on this machine's loopback, for trying things out.")
final class BrokerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen on; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
    private int port = 9092;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder that keeps the topics. Default: a temporary one.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        try (Interruption interruption = Interruption.awaited();
                EmbeddedBroker broker = EmbeddedBroker.start(port, data)) {
            spec.commandLine()
                    .getOut()
                    .println("Kafka listens on " + broker.bootstrapServers() + ". Stop with Ctrl-C.");
            spec.commandLine().getOut().flush();
            interruption.await();
        }
        return 0;
    }
}
