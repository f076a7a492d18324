package dev.assay.streams;

import dev.assay.streams.patience.Lookout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every two seconds at a role, from outside its threads: which of them live, what they do, and what waits. */
final class RoleWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RoleWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int OFTEN = 3;
    private static final Set<String> WORK = Set.of("poll-total", "process-total", "commit-total");

    private final int wanted;
    private final Pulse pulse;
    private final Map<Thread, Long> failing = new ConcurrentHashMap<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private final Lookout lookout = new Lookout("role-watch");
    private List<String> toldDead = List.of();

    private record Failure(long nanos, String what) {}

    /**
     * @param wanted stream threads that there should be
     * @param pollInterval after which the group takes a thread's partitions
     */
    RoleWatch(int wanted, Duration pollInterval) {
        this.wanted = wanted;
        pulse = new Pulse(pollInterval);
    }

    /** A thread has failed and is about to end: it is this one. */
    void failed(Throwable failure) {
        long now = System.nanoTime();
        failing.put(Thread.currentThread(), now);
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        synchronized (failures) {
            failures.add(new Failure(now, root.getClass().getSimpleName()));
            forget(now);
        }
    }

    /** Begins to look. */
    void follow(KafkaStreams streams) {
        lookout.start(EVERY, () -> look(streams));
    }

    private void look(KafkaStreams streams) {
        try {
            pulse.look(seen(streams, System.nanoTime()));
        } catch (IllegalStateException e) {
            return; // It has not begun, or is closed: then nobody asks.
        }
        List<String> dead = pulse.dead();
        if (!dead.isEmpty() && toldDead.isEmpty()) {
            LOG.atError().addKeyValue("reason", dead).log("role does not get on, and will not by itself");
        }
        toldDead = dead;
    }

    private Look seen(KafkaStreams streams, long now) {
        KafkaStreams.State state = streams.state();
        Set<String> alive = streams.metadataForLocalThreads().stream()
                .filter(thread -> !thread.threadState().equals("DEAD")
                        && !thread.threadState().equals("PENDING_SHUTDOWN"))
                .map(ThreadMetadata::threadName)
                .collect(Collectors.toSet());
        Map<String, Map<String, Double>> work = new HashMap<>();
        double lag = 0;
        boolean known = false;
        for (Map.Entry<MetricName, ? extends Metric> entry : streams.metrics().entrySet()) {
            MetricName name = entry.getKey();
            if (name.group().equals("stream-thread-metrics") && WORK.contains(name.name())) {
                work.computeIfAbsent(name.tags().getOrDefault("thread-id", ""), thread -> new HashMap<>())
                        .put(name.name(), number(entry.getValue()));
            } else if (name.name().equals("records-lag") && ofMainConsumer(name)) {
                double behind = number(entry.getValue());
                known |= !Double.isNaN(behind);
                lag += Double.isNaN(behind) ? 0 : behind;
            }
        }
        Map<String, Look.Work> threads = new HashMap<>();
        for (String name : alive) {
            Map<String, Double> done = work.getOrDefault(name, Map.of());
            threads.put(
                    name,
                    new Look.Work(
                            done.getOrDefault("poll-total", 0.0),
                            done.getOrDefault("process-total", 0.0),
                            done.getOrDefault("commit-total", 0.0)));
        }
        return new Look(
                now,
                state == KafkaStreams.State.ERROR,
                state == KafkaStreams.State.RUNNING,
                wanted,
                threads,
                dying(now),
                known ? OptionalDouble.of(lag) : OptionalDouble.empty());
    }

    /** Not of those that restore what is kept. */
    private static boolean ofMainConsumer(MetricName name) {
        String client = name.tags().getOrDefault("client-id", "");
        return name.tags().containsKey("partition")
                && client.endsWith("-consumer")
                && !client.endsWith("-restore-consumer")
                && !client.endsWith("-global-consumer");
    }

    private static double number(Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private Duration dying(long now) {
        failing.keySet().removeIf(thread -> !thread.isAlive());
        return failing.values().stream()
                .map(since -> Duration.ofNanos(now - since))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private void forget(long now) {
        while (!failures.isEmpty() && now - failures.getFirst().nanos() > REMEMBERED.toNanos()) {
            failures.removeFirst();
        }
    }

    /** @return why a restart is due; empty: it lives */
    List<String> dead() {
        return pulse.dead();
    }

    /** @return what is wrong with it, what is dead included; empty: nothing */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>(pulse.wrong());
        synchronized (failures) {
            forget(System.nanoTime());
            if (failures.size() >= OFTEN) {
                wrong.add("threads failed " + failures.size() + " times in " + REMEMBERED.toMinutes() + " min: "
                        + failures.getLast().what());
            }
        }
        return wrong;
    }

    /** @return for how long lag has been growing; 0: it does not */
    long lagGrowingSeconds() {
        return pulse.lagGrowingSeconds();
    }

    @Override
    public void close() {
        lookout.close();
    }
}
