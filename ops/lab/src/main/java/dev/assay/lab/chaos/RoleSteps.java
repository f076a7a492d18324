package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import dev.assay.lab.process.EstimatorFleet;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Who does to roles, their topics and what is on them what a schedule says; {@link Breakages} are of processes. */
final class RoleSteps implements AutoCloseable {
    private final Deployment deployment;
    private final Traffic traffic;
    private final EstimatorFleet estimators;
    private final Poisoning poisoning;
    private final Expiry expiry;
    private final Behind behind = new Behind();
    private final int instances;

    /** @param instances estimators there are without faults */
    RoleSteps(Deployment deployment, Traffic traffic, EstimatorFleet estimators, Poisoning poisoning, int instances) {
        this.deployment = deployment;
        expiry = new Expiry(deployment, InstantSource.system());
        this.traffic = traffic;
        this.estimators = estimators;
        this.poisoning = poisoning;
        this.instances = instances;
    }

    Map<Action, Breakage> breakages() {
        return Map.of(
                Action.POISON, Breakage.of(all -> poisoning.send(), all -> {}),
                Action.JUMP_CLOCK, Breakage.of(estimators::jumpClock, estimators::setClock),
                Action.DELETE_STATE, new StateLoss(deployment, traffic, estimators),
                Action.RESET_GROUP, new GroupReset(deployment, estimators, instances),
                Action.EXPIRE, behind.of(Breakage.of(all -> expiry.expire(), all -> {})),
                Action.COMPACT,
                        behind.of(new Compaction(
                                () -> Clients.admin(deployment),
                                deployment.topics().prefix())),
                Action.UPGRADE, new RollingUpgrade(estimators, instances));
    }

    /** Waits for what is still to be done; what could not be, in sentences. */
    List<String> finished() throws InterruptedException {
        return behind.finished();
    }

    @Override
    public void close() {
        behind.close();
    }
}
