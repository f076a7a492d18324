package dev.assay.cli.roles;

import dev.assay.cli.command.SaidRefusals;
import dev.assay.service.roles.RunningScorer;
import dev.assay.service.serve.PoliciesOfFolder;
import dev.assay.service.serve.PolicyResponses;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.service.topics.VersionHistory;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.settings.ServeSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code assay scorer}: answers score requests from the newest snapshot, until interrupted. */
@Command(name = "scorer", mixinStandardHelpOptions = true)
public final class ScorerCommand extends RoleCommand {
    @Option(names = "--port", paramLabel = "N")
    private @Nullable Integer port;

    @Option(names = "--pin", paramLabel = "VERSION")
    private @Nullable Long pin;

    @Option(names = "--responses", paramLabel = "FILE")
    private @Nullable Path responses;

    @Override
    protected int run() throws Exception {
        if (port != null) {
            InvalidInputException.requirePort("--port", port);
        }
        Deployment opened = ready(BROKER_PATIENCE);
        ServeSettings settings = opened.config().servers().serve();
        ParameterSnapshot pinned = pin == null ? null : new VersionHistory(opened).require("--pin", pin);
        PolicyResponses policies = responses == null ? null : policies(responses, opened);
        return untilInterrupted(
                opened,
                "scorer",
                operations -> RunningScorer.start(
                        opened,
                        port == null ? settings : settings.withPort(port),
                        policies,
                        pinned,
                        operations.meters()),
                pin == null ? "" : ", pinned to version " + pin);
    }

    private PolicyResponses policies(Path folder, Deployment opened) throws IOException {
        PoliciesOfFolder.Found found = PoliciesOfFolder.read(folder, opened.featureSpace(), new SaidRefusals(err()));
        int prompts = found.responses().features().get(0).size();
        out().println("Ranking " + found.responses().policies().size() + " policies on " + prompts + " prompts"
                + (found.leftOut().isEmpty() ? "" : "; too few prompts in common: " + found.leftOut()) + ".");
        return found.responses();
    }
}
