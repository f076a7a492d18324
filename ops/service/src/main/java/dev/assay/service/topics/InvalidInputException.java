package dev.assay.service.topics;

/** The command was given something it cannot work with; the message names it, the bound and the value. Exit code 2. */
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidInputException(String message) {
        super(message);
    }
}
