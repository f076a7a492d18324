package dev.assay.service.roles;

import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.watch.ReadAgain;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * An estimator: judgments in, parameter snapshots out.
 *
 * @param role the topology
 * @param address of the brokers that have its topics
 */
public record RunningEstimator(Role role, String address) implements RunningRole {
    /** Starts an estimator; the deployment's topics are there. */
    public static RunningEstimator start(Deployment deployment, MeterRegistry meters) {
        return new RunningEstimator(
                Role.estimator(deployment, meters),
                String.valueOf(deployment.config().cluster().kafka().get("bootstrap.servers")));
    }

    @Override
    public String where() {
        return "is running on " + address;
    }

    @Override
    public ReadAgain readAgain() {
        return role.readAgain();
    }

    @Override
    public void watchedBy(Operations operations) {
        if (operations.asked()) {
            role.bindTo(operations.meters());
        }
        operations.watch(() -> !role.failed(), role::running, "it waits for its shards, or reads them");
    }

    @Override
    public void close() {
        role.close();
    }
}
