package dev.assay.lab.chaos;

import dev.assay.lab.evidence.PublishedLog;
import dev.assay.lab.evidence.StandStill;
import dev.assay.schemas.Topic;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.LastRecords;
import dev.assay.service.topics.Offsets;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.ParameterSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Waits, after the faults, until the service has nothing left to do. */
final class Settlement implements AutoCloseable {
    private static final long PAUSE_MILLIS = 200;
    private static final Duration QUIET = Duration.ofSeconds(15);

    private final Deployment deployment;
    private final Runnable supervisor;
    private final Duration patience;
    private final Admin admin;
    private long busyAt;

    /**
     * @param supervisor starts again what died by itself
     * @param patience for each wait
     */
    Settlement(Deployment deployment, Runnable supervisor, Duration patience) {
        this.deployment = deployment;
        this.supervisor = supervisor;
        this.patience = patience;
        admin = Clients.admin(deployment);
    }

    /**
     * Until every judgment is consumed and every transaction that wrote comparisons has ended: offsets are committed a
     * little before the comparisons of the same transaction can be read. And so for a while: judgments are read again some
     * seconds after a transaction was freed that a broker had left open.
     */
    void awaitConsumed() throws Exception {
        busyAt = System.nanoTime();
        await("the estimators have not consumed all judgments", () -> {
            if (lag() != 0 || openTransactions()) {
                busyAt = System.nanoTime();
            }
            return System.nanoTime() - busyAt > QUIET.toNanos();
        });
    }

    /** Until a condition holds that another thread or process makes true. */
    void await(String otherwise, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(otherwise + " within " + patience.toSeconds() + " s; lag " + lag()
                        + "\n      " + StandStill.of(deployment));
            }
            supervisor.run();
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Until an exact snapshot covers every comparison there is. */
    ParameterSnapshot awaitSnapshot(PublishedLog parameters, long after) throws Exception {
        List<Long> ends =
                LastRecords.of(deployment, deployment.topics().comparisons().name());
        List<ParameterSnapshot> found = new java.util.ArrayList<>();
        try {
            await("no exact snapshot covers all comparisons", () -> {
                parameters.read().stream()
                        .filter(snapshot -> snapshot.kind() == ParameterSnapshot.Kind.RERUN)
                        .filter(snapshot -> snapshot.version() > after)
                        .filter(snapshot -> LastRecords.covers(snapshot.origin().coveredOffsets(), ends))
                        .findFirst()
                        .ifPresent(found::add);
                return !found.isEmpty();
            });
        } catch (TimeoutException e) {
            List<ParameterSnapshot> log = parameters.read();
            ParameterSnapshot newest = log.isEmpty() ? null : log.get(log.size() - 1);
            throw new TimeoutException(e.getMessage() + "\n      comparisons end at " + ends
                    + (newest == null
                            ? ", there is no snapshot"
                            : ", version " + newest.version() + " (" + newest.kind() + ") covers "
                                    + newest.origin().coveredOffsets()));
        }
        return found.get(0);
    }

    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (ExecutionException e) {
            return false; // A broker that has just come back does not answer yet.
        }
    }

    private long lag() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> consumed = Offsets.consumed(admin, deployment);
        return ends(deployment.topics().judgments(), IsolationLevel.READ_UNCOMMITTED).entrySet().stream()
                .mapToLong(end -> end.getValue() - consumed.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    private boolean openTransactions() throws ExecutionException, InterruptedException {
        Topic comparisons = deployment.topics().comparisons();
        return !ends(comparisons, IsolationLevel.READ_COMMITTED)
                .equals(ends(comparisons, IsolationLevel.READ_UNCOMMITTED));
    }

    private Map<TopicPartition, Long> ends(Topic topic, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        return Offsets.ends(admin, topic.name(), deployment.shards(), isolation);
    }

    @Override
    public void close() {
        admin.close();
    }
}
