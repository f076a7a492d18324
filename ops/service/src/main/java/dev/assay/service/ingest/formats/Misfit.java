package dev.assay.service.ingest.formats;

/**
 * Thrown where an item turns out not to have the shape its reader expects; the reader turns it into {@link
 * Intake.NotUnderstood} at once. Without a stack trace: such items are expected, and the message names field, bound and value.
 */
final class Misfit extends Exception {
    private static final long serialVersionUID = 1;

    Misfit(String message) {
        super(message, null, false, false);
    }
}
