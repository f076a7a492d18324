package dev.assay.service.roles;

import dev.assay.service.http.Health;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.descend.Rehearsal;
import dev.assay.streams.publish.FailingReruns;
import dev.assay.streams.watch.ReadAgain;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An estimator: judgments in, parameter snapshots out.
 *
 * @param role the topology
 * @param address of the brokers that have its topics
 * @param meters where it counts
 */
public record RunningEstimator(Role role, String address, MeterRegistry meters) implements RunningRole {
    private static final int FAILED_OFTEN = 3;

    /** Starts an estimator; the deployment's topics are there. */
    public static RunningEstimator start(Deployment deployment, MeterRegistry meters) {
        Rehearsal.play(deployment.coordinator(), deployment.shape());
        return new RunningEstimator(
                Role.estimator(deployment, meters),
                String.valueOf(deployment.config().cluster().kafka().get("bootstrap.servers")),
                meters);
    }

    @Override
    public String where() {
        return "is running on " + address;
    }

    @Override
    public Optional<ReadAgain> readAgain() {
        return Optional.of(role.readAgain());
    }

    @Override
    public void watchedBy(Operations operations) {
        if (operations.asked()) {
            role.bindTo(operations.meters());
        }
        operations.watch(role::dead, () -> Health.Ready.unless(wrong()));
    }

    private List<String> wrong() {
        List<String> wrong = new ArrayList<>(role.wrong());
        FailingReruns.said(meters, FAILED_OFTEN).ifPresent(wrong::add);
        if (wrong.isEmpty() && !role.running()) {
            wrong.add("it waits for its shards, or reads them");
        }
        return wrong;
    }

    @Override
    public List<String> dead() {
        return role.dead();
    }

    @Override
    public void close() {
        role.close();
    }
}
