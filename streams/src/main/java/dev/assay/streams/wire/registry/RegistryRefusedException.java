package dev.assay.streams.wire.registry;

/** The registry says no, and will say it again: names subject and reason. */
public final class RegistryRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RegistryRefusedException(String message) {
        super(message);
    }
}
