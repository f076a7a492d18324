package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Draws faults from a seed. A target that is down or paused meets no second fault, and of the brokers never more than one
 * is down, with time for it to catch up before the next: what is promised is promised for one lost of three.
 */
final class FaultSchedule {
    private static final long QUIET_AT_BEGIN = 2_000;
    private static final long BROKER_CATCHES_UP = 6_000;
    private static final String BROKERS = "brokers";

    private final SplittableRandom random;
    private final long millis;
    private final int instances;
    private final int brokers;
    private final Map<String, Long> busyUntil = new HashMap<>();

    private FaultSchedule(long seed, int seconds, int instances, int brokers) {
        random = new SplittableRandom(seed);
        millis = seconds * 1_000L;
        this.instances = instances;
        this.brokers = brokers;
    }

    /**
     * @param seconds how long judgments stream; all faults have ended by then
     * @param instances estimators there are without faults, in slots from 0; the one that comes and goes has the next
     * @param brokers brokers there are
     */
    static List<Fault> draw(long seed, int seconds, int instances, int brokers) {
        return new FaultSchedule(seed, seconds, instances, brokers).draw();
    }

    private List<Fault> draw() {
        List<Fault> faults = new ArrayList<>();
        for (long at = QUIET_AT_BEGIN + between(0, 2_000); at < millis - 1_000; at += between(500, 6_000)) {
            Fault fault = fault(at);
            String target = isBroker(fault.action()) ? BROKERS : "estimator " + fault.target();
            if (busyUntil.getOrDefault(target, 0L) <= at) {
                faults.add(fault);
                busyUntil.put(target, fault.endsMillis() + (isBroker(fault.action()) ? BROKER_CATCHES_UP : 0));
            }
        }
        return faults;
    }

    private Fault fault(long at) {
        int chance = random.nextInt(100);
        if (chance < 30) {
            return fault(at, Action.KILL_ESTIMATOR, random.nextInt(instances), between(200, 5_000));
        } else if (chance < 50) {
            return fault(at, Action.PAUSE_ESTIMATOR, random.nextInt(instances), between(1_000, 15_000));
        } else if (chance < 60) {
            return fault(at, Action.STOP_ESTIMATOR, random.nextInt(instances), between(200, 5_000));
        } else if (chance < 72) {
            return fault(at, Action.ADD_ESTIMATOR, instances, between(8_000, 20_000));
        } else if (chance < 88) {
            return fault(at, Action.KILL_BROKER, random.nextInt(brokers), between(200, 6_000));
        }
        return fault(at, Action.PAUSE_BROKER, random.nextInt(brokers), between(1_000, 8_000));
    }

    private Fault fault(long at, Action action, int target, long lasts) {
        return new Fault(at, action, target, Math.min(lasts, millis - at));
    }

    private static boolean isBroker(Action action) {
        return action == Action.KILL_BROKER || action == Action.PAUSE_BROKER;
    }

    private long between(long from, long to) {
        return random.nextLong(from, to);
    }
}
