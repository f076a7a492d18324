package dev.assay.lab.chaos;

import dev.assay.lab.process.EstimatorFleet;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.patience.Patience;
import dev.assay.streams.patience.Tries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** All estimators end, their group is forgotten, and whoever starts reads every topic from its beginning. */
final class GroupReset implements Breakage {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Deployment deployment;
    private final EstimatorFleet estimators;
    private final int instances;

    /** @param instances how many start again */
    GroupReset(Deployment deployment, EstimatorFleet estimators, int instances) {
        this.deployment = deployment;
        this.estimators = estimators;
        this.instances = instances;
    }

    @Override
    public void begin(int all) throws Exception {
        estimators.close();
        forgetGroup();
    }

    @Override
    public void end(int all) {
        estimators.heal(instances);
    }

    /** Not before its last member is out, which the brokers learn a moment later. */
    private void forgetGroup() throws Exception {
        String group = Role.group(deployment, "estimator");
        Tries tries = new Tries(Patience.system(), PATIENCE);
        try (Admin admin = Clients.admin(deployment)) {
            while (true) {
                try {
                    admin.deleteConsumerGroups(List.of(group)).all().get();
                    return;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof GroupIdNotFoundException) {
                        return;
                    }
                    if (!tries.again()) {
                        throw new TimeoutException("the group of the estimators cannot be deleted: " + e.getCause());
                    }
                }
            }
        }
    }
}
