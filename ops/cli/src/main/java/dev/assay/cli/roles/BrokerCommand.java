package dev.assay.cli.roles;

import dev.assay.cli.broker.BrokerNode;
import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.command.AssayCommand;
import dev.assay.cli.command.Interruption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay broker}: the embedded broker alone, until interrupted. */
@Command(name = "broker", mixinStandardHelpOptions = true)
public final class BrokerCommand extends AssayCommand {
    @Option(names = "--port", paramLabel = "N")
    private int port = 9092;

    @Option(names = "--data", paramLabel = "DIR")
    private @Nullable Path data;

    @Option(names = "--node", paramLabel = "N")
    private int node = 1;

    @Option(names = "--controllers", paramLabel = "N=PORT", split = ",")
    private Map<Integer, Integer> controllers = Map.of();

    @Option(names = "--cluster", paramLabel = "ID")
    private @Nullable String cluster;

    @Option(names = "--set", paramLabel = "KEY=VALUE")
    private Map<String, String> settings = Map.of();

    @Override
    protected int run() throws Exception {
        try (Interruption interruption = Interruption.awaited();
                EmbeddedBroker broker = EmbeddedBroker.start(
                        new BrokerNode(node, port, new TreeMap<>(controllers), cluster, settings), data)) {
            say("Kafka listens on " + broker.bootstrapServers() + ". Stop with Ctrl-C.");
            interruption.await();
        }
        return 0;
    }
}
