package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import dev.assay.lab.chaos.Fault.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Draws faults from a seed, where what they need is there and there is time for them. A target that is down, paused or
 * otherwise broken meets no second fault.
 */
final class FaultSchedule {
    private static final long QUIET_AT_BEGIN = 2_000;
    private static final long BROKER_CATCHES_UP = 6_000;
    private static final int QUORUM_OF = 3;

    private static final Set<Target> OF_BROKERS = EnumSet.of(Target.BROKER, Target.QUORUM);

    private final SplittableRandom random;
    private final long millis;
    private final int instances;
    private final int brokers;
    private final List<Action> actions;
    private boolean upgraded;
    private final Map<Target, Map<Integer, Long>> busyUntil = new EnumMap<>(Target.class);

    private FaultSchedule(long seed, int seconds, int instances, int brokers, Collection<Action> actions) {
        random = new SplittableRandom(seed);
        millis = seconds * 1_000L;
        this.instances = instances;
        this.brokers = brokers;
        this.actions = actions.stream()
                .filter(action -> action.target() != Target.QUORUM || brokers >= QUORUM_OF)
                .toList();
        upgraded = !actions.contains(Action.UPGRADE);
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
            List<Action> possible = possible(at);
            if (possible.isEmpty()) {
                continue;
            }
            Fault fault = fault(at, drawn(possible));
            if (fault.action().target() == Target.ESTIMATORS) {
                at = Math.max(at, busyUntil(fault)); // All of them are hardly ever well at once, unless one waits.
                fault = new Fault(at, fault.action(), fault.target(), Math.min(fault.lastsMillis(), millis - at));
            }
            if (busyUntil(fault) <= at && fault.lastsMillis() >= fault.action().leastMillis()) {
                faults.add(fault);
                busy(fault);
                upgraded |= fault.action() == Action.UPGRADE;
            }
        }
        return faults;
    }

    /** An older build is replaced before half of the time is over, and meets no records that it never promised to survive. */
    private List<Action> possible(long at) {
        if (!upgraded && at > millis / 3) {
            return List.of(Action.UPGRADE);
        }
        return actions.stream()
                .filter(action -> action != Action.UPGRADE)
                .filter(action -> upgraded || action != Action.POISON)
                .toList();
    }

    private Action drawn(List<Action> from) {
        int chance = random.nextInt(from.stream().mapToInt(Action::chance).sum());
        for (Action action : from) {
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
            case BROKER, QUORUM -> random.nextInt(brokers);
            case ESTIMATORS, TOPICS, RECORDS, SCORER -> 0;
        };
        long lasts = between(action.leastMillis(), action.mostMillis());
        return new Fault(at, action, target, Math.min(lasts, millis - at));
    }

    private long busyUntil(Fault fault) {
        return switch (fault.action().target()) {
            case ESTIMATOR -> Math.max(until(Target.ESTIMATOR, fault.target()), anyUntil(Target.ESTIMATORS));
            case VISITOR -> Math.max(anyUntil(Target.VISITOR), anyUntil(Target.ESTIMATORS));
            // What is done to all of them needs brokers that answer.
            case ESTIMATORS ->
                Stream.of(Target.ESTIMATOR, Target.VISITOR, Target.ESTIMATORS, Target.BROKER, Target.QUORUM)
                        .mapToLong(this::anyUntil)
                        .max()
                        .orElse(0);
            case BROKER, QUORUM ->
                Stream.of(Target.BROKER, Target.QUORUM, Target.ESTIMATORS)
                        .mapToLong(this::anyUntil)
                        .max()
                        .orElse(0);
            case TOPICS -> anyUntil(Target.TOPICS);
            case RECORDS -> anyUntil(Target.RECORDS);
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
        long until = fault.endsMillis() + (OF_BROKERS.contains(target) ? BROKER_CATCHES_UP : 0);
        busyUntil.computeIfAbsent(target, unseen -> new HashMap<>()).put(fault.target(), until);
    }

    private long between(long from, long to) {
        return random.nextLong(from, to);
    }
}
