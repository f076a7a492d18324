package dev.assay.cli.deployment;

import dev.assay.streams.Deployment;
import java.time.Instant;
import picocli.CommandLine.Command;

/** {@code assay rerun}: compute the estimate anew, now. */
@Command(name = "rerun", mixinStandardHelpOptions = true)
public final class RerunCommand extends OrderCommand {
    @Override
    protected int run() throws Exception {
        String id = commandId();
        Deployment opened = existing(PATIENCE);
        return send(opened, new dev.assay.streams.model.Command.Rerun(id, Instant.now()));
    }
}
