package dev.assay.lab.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays a schedule on brokers and estimators, and in between starts again what died by itself. */
final class FaultPlayer {
    private static final long PAUSE_MILLIS = 50;

    private record Step(long atMillis, Runnable action) {}

    private final BrokerCluster brokers;
    private final EstimatorFleet estimators;

    FaultPlayer(BrokerCluster brokers, EstimatorFleet estimators) {
        this.brokers = brokers;
        this.estimators = estimators;
    }

    /** Returns after {@code seconds}, when every fault has begun and ended. */
    void play(List<Fault> faults, int seconds) throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        for (Fault fault : faults) {
            steps.add(new Step(fault.atMillis(), begin(fault)));
            steps.add(new Step(fault.endsMillis(), end(fault)));
        }
        steps.sort(Comparator.comparingLong(Step::atMillis));
        long begin = System.nanoTime();
        for (Step step : steps) {
            superviseUntil(begin + TimeUnit.MILLISECONDS.toNanos(step.atMillis()));
            step.action().run();
        }
        superviseUntil(begin + TimeUnit.SECONDS.toNanos(seconds));
    }

    private void superviseUntil(long nanos) throws InterruptedException {
        while (System.nanoTime() < nanos) {
            estimators.supervise();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private Runnable begin(Fault fault) {
        int target = fault.target();
        return switch (fault.action()) {
            case KILL_ESTIMATOR -> () -> estimators.kill(target);
            case STOP_ESTIMATOR -> () -> estimators.terminate(target);
            case PAUSE_ESTIMATOR -> () -> estimators.pause(target);
            case ADD_ESTIMATOR -> () -> estimators.start(target);
            case KILL_BROKER -> () -> brokers.kill(target);
            case PAUSE_BROKER -> () -> brokers.pause(target);
        };
    }

    private Runnable end(Fault fault) {
        int target = fault.target();
        return switch (fault.action()) {
            case KILL_ESTIMATOR, STOP_ESTIMATOR -> () -> estimators.start(target);
            case PAUSE_ESTIMATOR -> () -> estimators.resume(target);
            case ADD_ESTIMATOR -> () -> estimators.terminate(target);
            case KILL_BROKER -> () -> brokers.restart(target);
            case PAUSE_BROKER -> () -> brokers.resume(target);
        };
    }
}
