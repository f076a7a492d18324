package dev.assay.streams.wire.registry;

import org.apache.kafka.common.errors.RetriableException;

/**
 * The registry gives no answer, so nobody can say what a record is. Kafka's kind of exception, because what is right is what
 * is right where a broker gives none: keep what there is, begin again where it was committed, lose and refuse nothing.
 */
public final class RegistryUnavailableException extends RetriableException {
    private static final long serialVersionUID = 1;

    RegistryUnavailableException(String message) {
        super(message);
    }
}
