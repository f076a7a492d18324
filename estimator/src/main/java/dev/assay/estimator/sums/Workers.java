package dev.assay.estimator.sums;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Shares numbered tasks out to a few threads, the calling one among them. Which thread does which task is left open. */
final class Workers {
    private Workers() {}

    /** Returns when all tasks are done; a task that fails fails the whole. */
    static void run(int threads, int tasks, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                task.accept(i);
            }
        };
        List<FutureTask<?>> others = new ArrayList<>();
        for (int t = 1; t < Math.min(threads, tasks); t++) {
            FutureTask<?> other = new FutureTask<>(work, null);
            others.add(other);
            Thread thread = new Thread(other, "assay-pass-" + t);
            thread.setDaemon(true);
            thread.start();
        }
        work.run();
        others.forEach(Workers::join);
    }

    private static void join(FutureTask<?> other) {
        boolean interrupted = false;
        while (true) {
            try {
                other.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // A pass is short and cannot be left half done: finish it, then say so.
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
