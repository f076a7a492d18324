package dev.assay.service.roles;

import dev.assay.streams.watch.ReadAgain;
import java.util.List;
import java.util.Optional;

/** A role that has started in this process, with the clients it needs. */
public interface RunningRole extends AutoCloseable {
    /** @return where it listens, as a URL; of one that does not, its brokers */
    String address();

    /** @return what to say of where it is */
    default String where() {
        return "listens on " + address();
    }

    /** @return asks it to read again what may be lost; a role that keeps nothing has none */
    default Optional<ReadAgain> readAgain() {
        return Optional.empty();
    }

    /** Shows how it does. */
    void watchedBy(Operations operations);

    /** @return why it does not get on and will not by itself, so that its process is to be started again; empty: it gets on */
    default List<String> dead() {
        return List.of();
    }

    /** Ends in order what is under way, then closes the clients. */
    @Override
    void close();
}
