package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import dev.assay.lab.chaos.Fault.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws faults from a seed. A target that is down, paused or otherwise broken meets no second fault. */
final class FaultSchedule {
    private static final long QUIET_AT_BEGIN = 2_000;
    private static final long BROKER_CATCHES_UP = 6_000;

    private final SplittableRandom random;
    private final long millis;
    private final int instances;
    private final int brokers;
    private final List<Action> actions;
    private final Map<Target, Map<Integer, Long>> busyUntil = new EnumMap<>(Target.class);

    private FaultSchedule(long seed, int seconds, int instances, int brokers, Collection<Action> actions) {
        random = new SplittableRandom(seed);
        millis = seconds * 1_000L;
        this.instances = instances;
        this.brokers = brokers;
        this.actions = List.copyOf(actions);
    }

    /**
     * @param seconds how long judgments stream; all faults have ended by then
     * @param instances estimators there are without faults, in slots from 0; the one that comes and goes has the next
     * @param brokers brokers there are
     * @param actions drawn from
     */
    static List<Fault> draw(long seed, int seconds, int instances, int brokers, Collection<Action> actions) {
        return new FaultSchedule(seed, seconds, instances, brokers, actions).draw();
    }

    private List<Fault> draw() {
        List<Fault> faults = new ArrayList<>();
        for (long at = QUIET_AT_BEGIN + between(0, 2_000); at < millis - 1_000; at += between(500, 6_000)) {
            Fault fault = fault(at, action());
            if (busyUntil(fault) <= at) {
                faults.add(fault);
                busy(fault);
            }
        }
        return faults;
    }

    private Action action() {
        int chance = random.nextInt(actions.stream().mapToInt(Action::chance).sum());
        for (Action action : actions) {
            chance -= action.chance();
            if (chance < 0) {
                return action;
            }
        }
        throw new IllegalStateException("no action has a chance of " + chance);
    }

    private Fault fault(long at, Action action) {
        int target = switch (action.target()) {
            case ESTIMATOR -> random.nextInt(instances);
            case VISITOR -> instances;
            case BROKER -> random.nextInt(brokers);
            case ESTIMATORS, TOPICS, SCORER -> 0;
        };
        long lasts = between(action.leastMillis(), action.mostMillis());
        return new Fault(at, action, target, Math.min(lasts, millis - at));
    }

    private long busyUntil(Fault fault) {
        return switch (fault.action().target()) {
            case ESTIMATOR -> Math.max(until(Target.ESTIMATOR, fault.target()), anyUntil(Target.ESTIMATORS));
            case VISITOR -> Math.max(anyUntil(Target.VISITOR), anyUntil(Target.ESTIMATORS));
            case ESTIMATORS ->
                Math.max(anyUntil(Target.ESTIMATOR), Math.max(anyUntil(Target.VISITOR), anyUntil(Target.ESTIMATORS)));
            case BROKER -> anyUntil(Target.BROKER);
            case TOPICS -> anyUntil(Target.TOPICS);
            case SCORER -> anyUntil(Target.SCORER);
        };
    }

    private long until(Target target, int index) {
        return busyUntil.getOrDefault(target, Map.of()).getOrDefault(index, 0L);
    }

    private long anyUntil(Target target) {
        return busyUntil.getOrDefault(target, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private void busy(Fault fault) {
        Target target = fault.action().target();
        long until = fault.endsMillis() + (target == Target.BROKER ? BROKER_CATCHES_UP : 0);
        busyUntil.computeIfAbsent(target, unseen -> new HashMap<>()).put(fault.target(), until);
    }

    private long between(long from, long to) {
        return random.nextLong(from, to);
    }
}
