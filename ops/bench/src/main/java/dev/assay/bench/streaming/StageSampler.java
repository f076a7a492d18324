package dev.assay.bench.streaming;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Where stream threads spend their time: their stacks every ten milliseconds, each counted for the topmost frame of a stage
 * or of Kafka. Codecs belong to the stage that calls them. Samples are taken where the JVM can stop a thread, so small methods
 * are told less exactly than stages.
 */
final class StageSampler implements AutoCloseable {
    private static final long EVERY_MILLIS = 10;
    private static final int DEPTH = 128;
    private static final String STAGES = "dev.assay.streams.";
    /** What Kafka's own code works for: the topmost of these, because its common classes serve all of them. */
    private static final List<String> KAFKA = List.of("clients.consumer", "clients.producer", "streams");

    private static final Set<String> WAITING = Set.of("wait", "wait0", "epollWait", "park", "sleep", "sleep0");

    private final Map<String, Integer> counts = new TreeMap<>();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final String threadPrefix;
    private final Thread sampler = new Thread(this::sample, "stage sampler");
    private volatile boolean open = true;

    /** @param threadPrefix what the names of the threads looked at begin with */
    StageSampler(String threadPrefix) {
        this.threadPrefix = threadPrefix;
        sampler.setDaemon(true);
        sampler.start();
    }

    private void sample() {
        try {
            while (open) {
                for (ThreadInfo thread : threads.getThreadInfo(streamThreads(), DEPTH)) {
                    if (thread != null) {
                        counts.merge(label(thread.getStackTrace()), 1, Integer::sum);
                    }
                }
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long[] streamThreads() {
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null
                        && thread.getThreadName().startsWith(threadPrefix)
                        && thread.getThreadName().contains("StreamThread")
                        && !thread.getThreadName().contains("network-thread"))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
    }

    private static String label(StackTraceElement[] stack) {
        if (stack.length > 0 && WAITING.contains(stack[0].getMethodName())) {
            return "waiting";
        }
        boolean codecs = false;
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.startsWith(STAGES)) {
                String stage = name.substring(STAGES.length()).split("\\.")[0];
                if (!stage.equals("wire")) {
                    return codecs ? stage + ", codecs" : stage;
                }
                codecs = true;
            } else if (!codecs) {
                for (String part : KAFKA) {
                    if (name.startsWith("org.apache.kafka." + part + ".")) {
                        return "kafka " + part;
                    }
                }
            }
        }
        return "other";
    }

    /** Ends, and adds the shares to the figures. */
    void addTo(Figures figures) throws InterruptedException {
        close();
        double all = counts.values().stream().mapToInt(count -> count).sum();
        counts.forEach((label, count) -> figures.add("share of " + label, count / all));
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        sampler.join();
    }
}
