package dev.assay.cli.command;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C or SIGTERM as something to wait for: the virtual machine then waits until {@link #close}, so that brokers and
 * roles opened after it close in order.
 */
public final class Interruption implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private Interruption() {}

    public static Interruption awaited() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::interrupted, "interruption"));
        return interruption;
    }

    public void await() throws InterruptedException {
        asked.await();
    }

    private void interrupted() {
        asked.countDown();
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
