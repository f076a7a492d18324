package dev.assay.cli;

import dev.assay.streams.Deployment;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay dlq list}: how many for which reason, and the newest of them. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Count what was refused by reason, and list the newest.")
final class DlqListCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Mixin
    private DeploymentOption deployment = new DeploymentOption();

    @Mixin
    private DeadLetters which = new DeadLetters();

    @Option(names = "--limit", paramLabel = "N", description = "List so many at most. Default: ${DEFAULT-VALUE}.")
    private int limit = 20;

    @Override
    public Integer call() throws Exception {
        if (limit < 0) {
            throw new InvalidInputException("--limit must be at least 0, was " + limit);
        }
        Deployment opened = deployment.open();
        Clients.setUpTopics(opened, Duration.ofSeconds(10));
        List<DeadLetter> letters = which.read(opened);
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Long> reasons = letters.stream()
                .collect(Collectors.groupingBy(DeadLetter::reason, TreeMap::new, Collectors.counting()));
        reasons.forEach((reason, count) -> out.printf("%-24s %,d%n", reason, count));
        out.printf("%-24s %,d%n", "in all", letters.size());
        letters.stream()
                .sorted((one, other) ->
                        Long.compare(other.record().timestamp(), one.record().timestamp()))
                .limit(limit)
                .forEach(letter -> out.printf(
                        "%s  %s  %s  %s%n",
                        letter.place(),
                        Instant.ofEpochMilli(letter.record().timestamp()),
                        letter.reason(),
                        letter.message()));
        out.flush();
        return 0;
    }
}
