package dev.assay.lab.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A child process and the signals it gets. */
public record ChildJvm(String name, Process process, Path log) {
    public boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL, and waits until it has happened; a paused process dies too. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** SIGSTOP. */
    public void pause() {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("-CONT");
    }

    /** SIGQUIT: a dump of its threads, to its log. */
    public void tellThreads() {
        signal("-QUIT");
    }

    /** @return whether it ended by itself in time */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for the end that it was asked for, so that its last words are in the log; who takes too long is killed. */
    void awaitEndOrKill(Duration patience) {
        try {
            if (!awaitEnd(patience)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    public int exitCode() {
        return process.exitValue();
    }

    private void signal(String signal) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + signal + " to " + name, e);
        }
    }
}
