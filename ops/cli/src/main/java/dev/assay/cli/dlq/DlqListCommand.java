package dev.assay.cli.dlq;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.service.ingest.DeadLetter;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code assay dlq list}: how many for which reason, and the newest of them. */
@Command(name = "list", mixinStandardHelpOptions = true)
final class DlqListCommand extends DeploymentCommand {
    private static final int MOST = 10_000;
    private static final Comparator<DeadLetter> OLDEST_FIRST =
            Comparator.comparingLong(letter -> letter.record().timestamp());

    @Mixin
    private DeadLetters which = new DeadLetters();

    @Option(names = "--limit", paramLabel = "N")
    private int limit = 20;

    @Override
    protected int run() throws Exception {
        InvalidInputException.requireWithin("--limit", limit, 0, MOST);
        Deployment opened = ready(PATIENCE);
        Map<String, Long> reasons = new TreeMap<>();
        PriorityQueue<DeadLetter> newest = new PriorityQueue<>(OLDEST_FIRST);
        which.each(opened, letter -> {
            reasons.merge(letter.reason(), 1L, Long::sum);
            newest.add(letter);
            if (newest.size() > limit) {
                newest.remove();
            }
        });
        PrintWriter out = out();
        reasons.forEach((reason, count) -> out.printf("%-24s %,d%n", reason, count));
        out.printf(
                "%-24s %,d%n",
                "in all", reasons.values().stream().mapToLong(Long::longValue).sum());
        newest.stream()
                .sorted(OLDEST_FIRST.reversed())
                .forEach(letter -> out.printf(
                        "%s  %s  %s  %s%n",
                        letter.place(),
                        Instant.ofEpochMilli(letter.record().timestamp()),
                        letter.reason(),
                        letter.message()));
        return 0;
    }
}
