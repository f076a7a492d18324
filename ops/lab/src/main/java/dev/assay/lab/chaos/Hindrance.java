package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import dev.assay.lab.process.Disk;
import dev.assay.lab.process.FakeClocks;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a machine cannot do a step: such steps are left out, and told. */
final class Hindrance {
    private Hindrance() {}

    /** @param from the older build of upgrades; null: there is none */
    static Optional<String> of(Action action, @Nullable String from) {
        return switch (action) {
            case JUMP_CLOCK ->
                FakeClocks.library().isPresent() ? Optional.empty() : Optional.of("libfaketime is not installed");
            case UPGRADE -> from != null ? Optional.empty() : Optional.of("no older build is named by --from");
            case FILL_DISK -> Disk.hindrance();
            default -> Optional.empty();
        };
    }
}
