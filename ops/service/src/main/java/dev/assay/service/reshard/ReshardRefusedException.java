package dev.assay.service.reshard;

/** A deployment cannot be resharded as it is now; the message says why and what to do. */
public final class ReshardRefusedException extends Exception {
    private static final long serialVersionUID = 1;

    ReshardRefusedException(String message) {
        super(message);
    }
}
