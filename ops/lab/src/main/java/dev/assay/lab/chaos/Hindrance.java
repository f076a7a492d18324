package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import java.util.Optional;

/** Why a machine cannot do a step: such steps are left out, and told. */
final class Hindrance {
    private Hindrance() {}

    static Optional<String> of(Action action) {
        return switch (action) {
            case FILL_DISK -> Disk.hindrance();
            default -> Optional.empty();
        };
    }
}
