package dev.assay.streams;

/** A topic is there and is not what it must be; the message names topic, setting, bound and value. */
public final class TopicMismatchException extends Exception {
    private static final long serialVersionUID = 1;

    TopicMismatchException(String message) {
        super(message);
    }
}
