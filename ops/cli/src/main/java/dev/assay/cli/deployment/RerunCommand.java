package dev.assay.cli.deployment;

import dev.assay.streams.Deployment;
import java.time.Instant;
import picocli.CommandLine.Command;

/** {@code assay rerun}: compute the estimate anew, now. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        description = "Ask for a rerun now; it also ends the hold of a rollback.")
public final class RerunCommand extends OrderCommand {
    @Override
    protected int run() throws Exception {
        String id = commandId();
        Deployment opened = existing();
        return send(opened, new dev.assay.streams.model.Command.Rerun(id, Instant.now()));
    }
}
