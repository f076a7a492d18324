package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own check of what we give it. Debian has it in the package {@code prometheus}; CI must have it. */
final class Promtool {
    private Promtool() {}

    /** What it printed, and with which exit code. */
    record Verdict(int exitCode, String printed) {}

    /** @return what it says, or nothing further of the test where it is not installed */
    static Verdict run(Path folder, Path input, String... arguments) throws IOException, InterruptedException {
        Optional<Path> promtool = installed();
        if (promtool.isEmpty()) {
            System.err.println("NO promtool: what Prometheus would say is not checked (apt-get install prometheus)");
            assertThat(System.getenv("CI")).as("promtool is missing in CI").isNull();
            Assumptions.abort("promtool is not installed");
        }
        List<String> command = new ArrayList<>(List.of(promtool.orElseThrow().toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Verdict(process.waitFor(), printed);
    }

    private static Optional<Path> installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
