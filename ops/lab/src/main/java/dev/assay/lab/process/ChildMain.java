package dev.assay.lab.process;

import dev.assay.cli.Assay;
import java.io.IOException;

/** Entry point of a child: the {@code assay} command, which ends at once when the harness that started it is gone. */
public final class ChildMain {
    private static final int ORPHANED = 3;

    private ChildMain() {}

    /** The arguments are those of {@code assay}. */
    public static void main(String[] args) {
        Thread watch = new Thread(ChildMain::endWithTheHarness, "harness-watch");
        watch.setDaemon(true);
        watch.start();
        Assay.main(args);
    }

    /** Standard input is a pipe that nobody writes to; it ends when the harness does, however that happens. */
    private static void endWithTheHarness() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            // The same as its end.
        }
        Runtime.getRuntime().halt(ORPHANED);
    }
}
