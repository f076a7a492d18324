package dev.assay.streams.watch;

import dev.assay.streams.tail.FeedThread;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers something again and again, in a thread of its own, and with a new client where they do not answer. */
final class Looking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Looking.class);

    private final Supplier<Admin> admins;
    private final int pauses;
    private final Look look;
    private final FeedThread thread;

    /** What is asked. */
    interface Look {
        void at(Admin admin) throws ExecutionException, InterruptedException;
    }

    /**
     * @param name of the thread
     * @param admins makes a client
     * @param pauses of a feed, between two looks
     */
    Looking(String name, Supplier<Admin> admins, int pauses, Look look) {
        this.admins = admins;
        this.pauses = pauses;
        this.look = look;
        thread = new FeedThread(this::run, name);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!thread.closed()) {
            try (Admin admin = admins.get()) {
                while (!thread.closed()) {
                    look.at(admin);
                    pause();
                }
            } catch (ExecutionException | KafkaException e) {
                LOG.atDebug().setCause(e).log("the brokers do not say, asking again");
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void pause() {
        for (int i = 0; i < pauses && !thread.closed(); i++) {
            thread.pause();
        }
    }

    boolean closed() {
        return thread.closed();
    }

    @Override
    public void close() {
        thread.close();
    }
}
