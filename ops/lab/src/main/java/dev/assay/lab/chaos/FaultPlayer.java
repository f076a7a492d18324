package dev.assay.lab.chaos;

import dev.assay.lab.chaos.Fault.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Plays a schedule, and in between lets the supervisor look after what died by itself. */
final class FaultPlayer {
    private static final long PAUSE_MILLIS = 50;

    private record Step(long atMillis, Breakage.Deed deed, int target) {}

    private final Map<Action, Breakage> breakages;
    private final Runnable supervisor;

    FaultPlayer(Map<Action, Breakage> breakages, Runnable supervisor) {
        this.breakages = breakages;
        this.supervisor = supervisor;
    }

    /** Returns after {@code seconds}, when every fault has begun and ended. */
    void play(List<Fault> faults, int seconds) throws Exception {
        List<Step> steps = new ArrayList<>();
        for (Fault fault : faults) {
            Breakage breakage = Objects.requireNonNull(breakages.get(fault.action()));
            steps.add(new Step(fault.atMillis(), breakage::begin, fault.target()));
            steps.add(new Step(fault.endsMillis(), breakage::end, fault.target()));
        }
        steps.sort(Comparator.comparingLong(Step::atMillis));
        long begin = System.nanoTime();
        for (Step step : steps) {
            superviseUntil(begin + TimeUnit.MILLISECONDS.toNanos(step.atMillis()));
            step.deed().to(step.target());
        }
        superviseUntil(begin + TimeUnit.SECONDS.toNanos(seconds));
    }

    private void superviseUntil(long nanos) throws InterruptedException {
        while (System.nanoTime() < nanos) {
            supervisor.run();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }
}
