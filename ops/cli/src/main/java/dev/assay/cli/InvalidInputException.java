package dev.assay.cli;

/** The command was given something it cannot work with; the message names it, the bound and the value. Exit code 2. */
final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidInputException(String message) {
        super(message);
    }
}
