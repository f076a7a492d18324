package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import dev.assay.lab.process.BrokerCluster;
import dev.assay.lab.process.EstimatorFleet;
import dev.assay.lab.process.Network;
import dev.assay.lab.process.ScorerChild;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Who does what a schedule says. */
final class Breakages {
    private Breakages() {}

    /** @param seed draws what a fault does not say, such as a direction of the network */
    static Map<Action, Breakage> of(BrokerCluster brokers, EstimatorFleet estimators, ScorerChild scorer, long seed) {
        Network network = brokers.network();
        SplittableRandom random = new SplittableRandom(seed);
        Map<Action, Breakage> all = new EnumMap<>(Action.class);
        all.put(Action.KILL_ESTIMATOR, Breakage.of(estimators::kill, estimators::start));
        all.put(Action.STOP_ESTIMATOR, Breakage.of(estimators::terminate, estimators::start));
        all.put(Action.PAUSE_ESTIMATOR, Breakage.of(estimators::pause, estimators::resume));
        all.put(Action.ADD_ESTIMATOR, Breakage.of(estimators::start, estimators::terminate));
        all.put(Action.KILL_BROKER, Breakage.of(brokers::kill, brokers::restart));
        all.put(Action.PAUSE_BROKER, Breakage.of(brokers::pause, brokers::resume));
        all.put(Action.CUT_NETWORK, NetworkBreakage.cut(network, random.split()));
        all.put(Action.DELAY_NETWORK, NetworkBreakage.delay(network, random.split()));
        all.put(Action.THROTTLE_NETWORK, NetworkBreakage.throttle(network, random.split()));
        all.put(Action.FILL_DISK, Breakage.of(brokers::fillDisk, brokers::emptyDisk));
        all.put(Action.KILL_BROKER_LONG, Breakage.of(brokers::kill, brokers::restart));
        all.put(Action.KILL_TWO_BROKERS, Breakage.of(brokers::killTwo, brokers::restartTwo));
        all.put(Action.KILL_SCORER, Breakage.of(only -> scorer.kill(), only -> scorer.start()));
        return all;
    }
}
