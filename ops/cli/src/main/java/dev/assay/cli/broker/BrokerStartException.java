package dev.assay.cli.broker;

/** The embedded broker cannot start; the message says why and what to do. */
public final class BrokerStartException extends Exception {
    private static final long serialVersionUID = 1;

    BrokerStartException(String message) {
        super(message);
    }
}
