package dev.assay.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.Assay;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulateCommandTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "estimation, estimation.md, estimation-error.png estimation-iterations.png",
        "coverage, coverage.md robustness.md, coverage.png coverage-interaction.png coverage-rare-prompts.png",
        "best-of-n, best-of-n.md, best-of-n.png best-of-n-pessimism.png"
    })
    void aStudyWritesItsPagesAndPlots(String study, String pages, String plots) throws IOException {
        Run run = run(study, "2");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("written to");
        StringBuilder text = new StringBuilder();
        for (String page : pages.split(" ")) {
            text.append(Files.readString(folder.resolve("2").resolve(page)));
        }
        assertTablesAreWhole(text.toString());
        for (String plot : plots.split(" ")) {
            assertThat(Files.readAllBytes(folder.resolve("2").resolve(plot))).startsWith(PNG);
            assertThat(text).contains("(" + plot + ")");
        }
    }

    @Test
    void aPageDoesNotDependOnTheThreads() throws IOException {
        run("coverage", "1");
        run("coverage", "3");
        for (String page : List.of("coverage.md", "robustness.md")) {
            assertThat(folder.resolve("3").resolve(page))
                    .hasSameTextualContentAs(folder.resolve("1").resolve(page));
        }
    }

    @Test
    void oneReplicationIsRefused() {
        Run run = of("simulate", "estimation", "--replications", "1", "--out", folder.toString());
        assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run.err()).contains("--replications: must be at least 2, was 1");
    }

    @Test
    void withoutAStudyTheCommandNamesThem() {
        Run run = of("simulate");
        assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run.err()).contains("estimation, coverage, best-of-n, updates or suggest");
    }

    /** Every row of every table has as many cells as its head, and none says NaN. */
    private static void assertTablesAreWhole(String page) {
        List<String> lines = page.lines().toList();
        int rows = 0;
        int columns = 0;
        for (String line : lines) {
            if (!line.startsWith("|")) {
                columns = 0;
                continue;
            }
            int cells = line.split("\\|", -1).length;
            columns = columns == 0 ? cells : columns;
            assertThat(cells).as(line).isEqualTo(columns);
            assertThat(line).doesNotContain("NaN").hasSizeLessThanOrEqualTo(120);
            rows++;
        }
        assertThat(rows).isGreaterThan(10);
    }

    private Run run(String study, String threads) {
        return of(
                "simulate",
                study,
                "--replications",
                "2",
                "--seed",
                "7",
                "--threads",
                threads,
                "--out",
                folder.resolve(threads).toString());
    }

    private record Run(int exitCode, String out, String err) {}

    private static Run of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Assay.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
