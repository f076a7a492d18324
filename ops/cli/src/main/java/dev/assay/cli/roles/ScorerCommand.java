package dev.assay.cli.roles;

import dev.assay.cli.command.DeploymentOption;
import dev.assay.cli.command.Interruption;
import dev.assay.service.roles.Operations;
import dev.assay.service.roles.RunningScorer;
import dev.assay.service.serve.PoliciesOfFolder;
import dev.assay.service.serve.PolicyResponses;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.service.topics.VersionHistory;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.settings.ServeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code assay scorer}: answers score requests from the newest snapshot, until interrupted. */
@Command(
        name = "scorer",
        mixinStandardHelpOptions = true,
        description =
                "Run a scoring worker: requests over HTTP and Kafka in, rewards with bounds out. Several share the"
                        + " requests on Kafka.")
public final class ScorerCommand implements Callable<Integer> {
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
            description = "Port to listen on instead of the config's serve.port; 0 picks a free one.")
    private @Nullable Integer port;

    @Option(
            names = "--pin",
            paramLabel = "VERSION",
            description = "Answer from this version of a rerun for good (assay versions), for audits.")
    private @Nullable Long pin;

    @Option(
            names = "--responses",
            paramLabel = "FOLDER",
            description =
                    "Rank the policies of this folder's responses.jsonl on GET /v1/leaderboard, on the prompts that all"
                            + " of them answered.")
    private @Nullable Path responses;

    @Override
    public Integer call() throws Exception {
        if (port != null && (port < 0 || port > LARGEST_PORT)) {
            throw new InvalidInputException("--port must be 0 to " + LARGEST_PORT + ", was " + port);
        }
        Deployment opened = deployment.open();
        Clients.setUpTopics(opened, BROKER_PATIENCE);
        ServeSettings settings = opened.config().serve();
        ParameterSnapshot pinned = pin == null ? null : new VersionHistory(opened).require("--pin", pin);
        PolicyResponses policies = responses == null ? null : policies(responses, opened);
        try (Interruption interruption = Interruption.awaited();
                Operations operations = Operations.start(opened, "scorer");
                RunningScorer scorer = RunningScorer.start(
                        opened,
                        port == null ? settings : settings.withPort(port),
                        policies,
                        pinned,
                        operations.meters())) {
            scorer.watchedBy(operations);
            spec.commandLine()
                    .getOut()
                    .println("The scorer of model " + opened.model() + " listens on " + scorer.address()
                            + (pin == null ? "" : ", pinned to version " + pin) + ". Stop with Ctrl-C.");
            spec.commandLine().getOut().flush();
            interruption.await();
        }
        return 0;
    }

    private PolicyResponses policies(Path folder, Deployment opened) throws IOException {
        PoliciesOfFolder.Found found = PoliciesOfFolder.read(folder, opened.featureSpace());
        int prompts = found.responses().features().get(0).size();
        spec.commandLine()
                .getOut()
                .println("Ranking " + found.responses().policies().size() + " policies on " + prompts + " prompts"
                        + (found.leftOut().isEmpty() ? "" : "; too few prompts in common: " + found.leftOut()) + ".");
        return found.responses();
    }
}
