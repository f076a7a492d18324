package dev.assay.lab.evidence;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The independent checker, {@code ops/lab/check}: a program of its own, in Python, which shares nothing with what it checks. */
public final class HistoryCheck {
    private HistoryCheck() {}

    /**
     * Checks the history and the dump of a run.
     *
     * @param options of the checker
     * @return what is wrong, in its sentences; empty if all is as it should be
     */
    public static List<String> of(Path folder, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program().toString(), folder.toString()));
        command.addAll(options);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("check.log"), said);
        return process.waitFor() == 0
                ? List.of()
                : said.lines().map(line -> "checker: " + line).toList();
    }

    /** Beside this module's folder of classes, or of jars. */
    public static Path program() {
        try {
            Path classes = Path.of(HistoryCheck.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.resolve("../../check/run").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
