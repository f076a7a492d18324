package dev.assay.cli.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command: picocli reads the options into fields, {@link #run} does what was asked and prints. */
public abstract class AssayCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        int exitCode = run();
        out().flush();
        return exitCode;
    }

    /** @return the exit code */
    protected abstract int run() throws Exception;

    /** For results. */
    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** For what is wrong. */
    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints a line that somebody may wait for. */
    protected final void say(String line) {
        out().println(line);
        out().flush();
    }

    /** @return what ends the command with its usage */
    protected final ParameterException misused(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    /** @return the exit code of a command that could not do what it was asked */
    protected final int failed(String why) {
        err().println("assay: " + why);
        return Failures.FAILED;
    }
}
