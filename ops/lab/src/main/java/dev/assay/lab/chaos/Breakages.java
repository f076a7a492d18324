package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import java.util.Map;

/** Who does what a schedule says. */
final class Breakages {
    private Breakages() {}

    static Map<Action, Breakage> of(BrokerCluster brokers, EstimatorFleet estimators, ScorerChild scorer) {
        return Map.of(
                Action.KILL_ESTIMATOR, Breakage.of(estimators::kill, estimators::start),
                Action.STOP_ESTIMATOR, Breakage.of(estimators::terminate, estimators::start),
                Action.PAUSE_ESTIMATOR, Breakage.of(estimators::pause, estimators::resume),
                Action.ADD_ESTIMATOR, Breakage.of(estimators::start, estimators::terminate),
                Action.KILL_BROKER, Breakage.of(brokers::kill, brokers::restart),
                Action.PAUSE_BROKER, Breakage.of(brokers::pause, brokers::resume),
                Action.KILL_SCORER, Breakage.of(only -> scorer.kill(), only -> scorer.start()));
    }
}
