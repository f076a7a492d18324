package dev.assay.service.roles;

/** A role that has started in this process, with the clients it needs. */
public interface RunningRole extends AutoCloseable {
    /** @return where it works, as in "listens on http://localhost:8080" */
    String where();

    /** Shows how it does. */
    void watchedBy(Operations operations);

    /** Ends in order what is under way, then closes the clients. */
    @Override
    void close();
}
