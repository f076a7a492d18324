package dev.assay.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cli.Assay;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest run of the fault harness; the long ones are run by hand, see ops/docs/chaos.md. */
@Tag("broker")
class ChaosBrokerTest {
    @TempDir
    Path folder;

    private final StringWriter printed = new StringWriter();

    @Test
    void afterKillsAndPausesTheEstimateIsThatOfTheAcknowledgedJudgments() throws Exception {
        Path out = folder.resolve("runs.jsonl");
        int code = Assay.commandLine()
                .setOut(new PrintWriter(printed))
                .execute(
                        "chaos",
                        "--seconds=15",
                        "--brokers=1",
                        "--instances=2",
                        "--seed=4",
                        "--out=" + out,
                        "--work=" + folder.resolve("work"));
        assertThat(code).as(printed.toString()).isZero();
        JsonNode run = new ObjectMapper().readTree(Files.readString(out));
        assertThat(run.at("/faults").asInt()).isPositive();
        assertThat(run.at("/expected").asInt()).isPositive();
        assertThat(run.at("/erasures").asInt()).isPositive();
        assertThat(run.at("/maxDifference").asDouble()).isLessThanOrEqualTo(1e-6);
    }
}
