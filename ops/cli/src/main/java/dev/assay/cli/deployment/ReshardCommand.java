package dev.assay.cli.deployment;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.schemas.Topic;
import dev.assay.service.reshard.Reshard;
import dev.assay.service.reshard.ReshardChecks;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay reshard}: the same deployment on topics of another prefix with another number of shards. */
@Command(name = "reshard", mixinStandardHelpOptions = true)
public final class ReshardCommand extends DeploymentCommand {
    @Option(names = "--to-prefix", required = true, paramLabel = "PREFIX")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String prefix;

    @Option(names = "--shards", required = true, paramLabel = "N")
    private int shards;

    @Option(names = "--resume")
    private boolean resume;

    @Override
    protected int run() throws Exception {
        Deployment from = configured();
        Deployment to = target(from, prefix, shards);
        Clients.requireTopics(from, PATIENCE);
        Reshard.Copied copied;
        try (Admin admin = Clients.admin(from)) {
            ReshardChecks checks = new ReshardChecks(admin);
            checks.requireAtRest(from);
            checks.requireAtRest(to);
            checks.requireNoOpenTransaction(copied(from), from);
            checks.requireUnused(to, resume);
            Clients.setUpTopics(to, Duration.ofSeconds(30));
            Map<TopicPartition, Long> consumed = checks.offsets(from);
            copied = new Reshard(from, to).run(consumed);
            checks.requireAtRest(from); // Whoever has started meanwhile has written what was not copied.
        }
        PrintWriter out = out();
        out.println("copied and checked: " + copied.comparisons() + " comparisons, " + copied.erasures()
                + " entries of the deny list, " + copied.judgments() + " judgments not yet admitted, "
                + copied.history()
                + " versions of the history, " + copied.snapshots() + " newest snapshots");
        out.println("Now set topics.prefix: " + prefix + " and topics.shards: " + shards
                + " in the config of every role, start the estimators and scorers, and let producers write to "
                + to.topics().judgments().name() + ".");
        out.println("What is still written to " + from.topics().judgments().name()
                + " is not seen any more. Once the new estimate is published the topics of prefix "
                + from.topics().prefix() + " can be deleted.");
        return 0;
    }

    /** @throws InvalidInputException naming option, bound and value */
    public static Deployment target(Deployment from, String prefix, int shards) {
        ServiceConfig old = from.config();
        if (prefix.equals(old.cluster().topics().prefix())) {
            throw new InvalidInputException(
                    "--to-prefix must be another than the config's topics.prefix, was " + prefix);
        }
        if (shards == old.cluster().topics().shards()) {
            throw new InvalidInputException("--shards must be another number than topics.shards, was " + shards);
        }
        try {
            return new Deployment(
                    new ServiceConfig(
                            old.model(),
                            new ServiceConfig.ClusterConfig(
                                    old.cluster().kafka(),
                                    new ServiceConfig.TopicsConfig(
                                            prefix,
                                            shards,
                                            old.cluster().topics().replication()),
                                    old.cluster().registry()),
                            old.context(),
                            old.features(),
                            old.estimate(),
                            old.score(),
                            old.servers(),
                            old.threads()),
                    from.featureSpace());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--to-prefix and --shards must make a config: " + e.getMessage());
        }
    }

    private static List<Topic> copied(Deployment from) {
        int parameters = from.shape().parameters();
        var topics = from.topics();
        return List.of(
                topics.comparisons(),
                topics.erasures(),
                topics.judgments(),
                topics.parameters(parameters),
                topics.parameterHistory(parameters));
    }
}
