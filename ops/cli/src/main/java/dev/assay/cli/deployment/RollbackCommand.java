package dev.assay.cli.deployment;

import dev.assay.schemas.UndecodableException;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.service.topics.VersionHistory;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.ErasureCodec;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code assay rollback}: publish an older snapshot under a new version, and hold it. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description =
                "Publish an older snapshot under a new version, and nothing newer until assay rerun, or until an annotator is"
                        + " erased.")
public final class RollbackCommand extends OrderCommand {
    @Parameters(paramLabel = "VERSION", description = "The version to go back to: assay versions lists them.")
    private long version;

    @Override
    protected int run() throws Exception {
        String id = commandId();
        Deployment opened = existing();
        ParameterSnapshot snapshot = new VersionHistory(opened).require("VERSION", version);
        requireAfterErasures(opened);
        return send(opened, new dev.assay.streams.model.Command.Rollback(id, snapshot, Instant.now()));
    }

    /** An older estimate would bring back what an erased annotator said. */
    private void requireAfterErasures(Deployment opened) {
        ErasureCodec codec = new ErasureCodec(opened.wire());
        long[] last = {0};
        Clients.read(opened, opened.topics().erasures().name(), entry -> {
            try {
                if (entry.value() != null) {
                    last[0] = Math.max(last[0], codec.decode(entry.value()).versionBefore());
                }
            } catch (UndecodableException e) {
                throw new IllegalStateException("an entry of the deny list cannot be read: " + e.getMessage(), e);
            }
        });
        if (version <= last[0]) {
            throw new InvalidInputException("VERSION must be above " + last[0]
                    + ", the newest when an annotator was last erased: an older one may contain the erased; was "
                    + version);
        }
    }
}
