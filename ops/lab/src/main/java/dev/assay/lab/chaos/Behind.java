package dev.assay.lab.chaos;

import dev.assay.streams.patience.Patience;
import dev.assay.streams.patience.Tries;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Does what needs brokers that answer, in order and behind the schedule: whoever plays that must not wait for a broker which
 * it is to start again itself.
 */
final class Behind implements AutoCloseable {
    /** More than brokers are ever away: two of three for three minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread daemon = new Thread(work, "behind-the-schedule");
        daemon.setDaemon(true);
        return daemon;
    });
    private final List<String> failures = new CopyOnWriteArrayList<>();

    Breakage of(Breakage breakage) {
        return Breakage.of(target -> does(breakage::begin, target), target -> does(breakage::end, target));
    }

    private void does(Breakage.Deed deed, int target) {
        thread.execute(() -> {
            try {
                untilItIsDone(deed, target);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) { // Whatever it is, it is a finding.
                failures.add("a step could not be done: " + e);
            }
        });
    }

    private static void untilItIsDone(Breakage.Deed deed, int target) throws Exception {
        Tries tries = new Tries(Patience.system(), PATIENCE);
        while (true) {
            try {
                deed.to(target);
                return;
            } catch (ExecutionException e) { // no broker that answers, for the time being
                if (!tries.again()) {
                    throw e;
                }
            }
        }
    }

    /** Waits for all of it; the brokers are well again. */
    List<String> finished() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            failures.add("a step took longer than " + PATIENCE.toSeconds() + " s");
        }
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
