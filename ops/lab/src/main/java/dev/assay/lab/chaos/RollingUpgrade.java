package dev.assay.lab.chaos;

import dev.assay.lab.process.EstimatorFleet;
import java.util.concurrent.TimeUnit;

/** Estimators of an older build give way to this one, one after the other; whoever starts later is of this build too. */
final class RollingUpgrade implements Breakage {
    /** For so long old ones and new ones share the work. */
    private static final long SIDE_BY_SIDE_MILLIS = 3_000;

    private final EstimatorFleet estimators;
    private final int instances;

    RollingUpgrade(EstimatorFleet estimators, int instances) {
        this.estimators = estimators;
        this.instances = instances;
    }

    @Override
    public void begin(int all) throws InterruptedException {
        estimators.becomeThisBuild();
        for (int slot = 0; slot < instances; slot++) {
            estimators.terminate(slot);
            estimators.start(slot);
            TimeUnit.MILLISECONDS.sleep(SIDE_BY_SIDE_MILLIS);
        }
    }

    /** What is upgraded stays so. */
    @Override
    public void end(int all) {}
}
