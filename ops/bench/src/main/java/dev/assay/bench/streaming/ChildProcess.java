package dev.assay.bench.streaming;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A child whose lines, errors included, are kept with the time they came. */
final class ChildProcess implements AutoCloseable {
    /** @param atNanos as {@link System#nanoTime} */
    record Line(long atNanos, String text) {}

    private static final long PAUSE_MILLIS = 5;
    private static final Duration END_WITHIN = Duration.ofSeconds(40);

    private final Process process;
    private final List<Line> lines = new ArrayList<>();

    private ChildProcess(Process process) {
        this.process = process;
    }

    static ChildProcess start(List<String> command) {
        try {
            ChildProcess child = new ChildProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            Thread reader = new Thread(child::read, "lines of " + command.get(0));
            reader.setDaemon(true);
            reader.start();
            Runtime.getRuntime().addShutdownHook(new Thread(child.process::destroyForcibly));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A peer in a JVM of its own with this one's classes, and as much heap as {@code ops/bench/streaming} gives ours.
     *
     * @param before what is to start it, such as taskset; may be none
     */
    static ChildProcess jvm(List<String> before, Class<?> main) {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1500m",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        return start(command);
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                synchronized (lines) {
                    lines.add(new Line(System.nanoTime(), text));
                }
            }
        } catch (IOException e) {
            // The child was killed: there are no more lines.
        }
    }

    List<Line> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Waits for a line with the pattern in it. */
    Matcher await(Pattern pattern, Duration patience) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            for (Line line : lines()) {
                Matcher matcher = pattern.matcher(line.text());
                if (matcher.find()) {
                    return matcher;
                }
            }
            if (!process.isAlive()) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        throw new TimeoutException("no line with " + pattern + "; there were " + lines());
    }

    /** @return the process's number */
    long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }
}
