package dev.assay.cli.dlq;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay dlq list}: how many for which reason, and the newest of them. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class DlqListCommand extends DeploymentCommand {
    private static final int MOST = 10_000;

    @Mixin
    private DeadLetters which = new DeadLetters();

    @Option(names = "--limit", paramLabel = "N")
    private int limit = 20;

    @Option(names = "--quarantine")
    private boolean quarantine;

    @Override
    protected int run() throws Exception {
        InvalidInputException.requireWithin("--limit", limit, 0, MOST);
        Deployment opened = ready(PATIENCE);
        Listing listing = new Listing(limit);
        if (quarantine) {
            which.eachQuarantined(
                    opened,
                    record -> listing.add(record.topic() + "  " + record.reason(), record.record(), record::line));
        } else {
            which.each(
                    opened,
                    letter -> listing.add(
                            letter.reason(), letter.record(), () -> letter.reason() + "  " + letter.message()));
        }
        listing.print(out());
        return 0;
    }
}
