package dev.assay.cli.deployment;

import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.descend.Erasure;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.service.topics.VersionHistory;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.Codec;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code assay rollback}: publish an older snapshot under a new version, and hold it. */
@Command(name = "rollback", mixinStandardHelpOptions = true)
public final class RollbackCommand extends OrderCommand {
    @Parameters(paramLabel = "VERSION", description = "The version to go back to: assay versions lists them.")
    private long version;

    @Override
    protected int run() throws Exception {
        String id = commandId();
        Deployment opened = existing(PATIENCE);
        ParameterSnapshot snapshot = new VersionHistory(opened).require("VERSION", version);
        requireAfterErasures(opened);
        return send(opened, new dev.assay.streams.model.Command.Rollback(id, snapshot, Instant.now()));
    }

    /** An older estimate would bring back what an erased annotator said. */
    private void requireAfterErasures(Deployment opened) {
        Codec<Erasure> codec = Codec.erasures(opened.wire());
        long[] last = {0};
        Clients.read(opened, opened.topics().erasures().name(), entry -> {
            try {
                if (entry.value() != null) {
                    last[0] = Math.max(last[0], codec.decode(entry.value()).getVersionBefore());
                }
            } catch (UndecodableException e) {
                // In quarantine; what stood under its key the shard has said again.
            }
        });
        if (version <= last[0]) {
            throw new InvalidInputException("VERSION must be above " + last[0]
                    + ", the newest when an annotator was last erased: an older one may contain the erased; was "
                    + version);
        }
    }
}
