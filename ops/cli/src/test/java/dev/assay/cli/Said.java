package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command said, and how it ended. */
public record Said(int exitCode, String out, String err) {
    /** Runs the command in this process. */
    public static Said assay(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Assay.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Said(exitCode, out.toString(), err.toString());
    }

    /** Runs a command that must end well. @return what it said */
    static String done(String... args) {
        Said said = assay(args);
        assertThat(said.exitCode).as(said.err).isZero();
        return said.out;
    }
}
