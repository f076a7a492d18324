package dev.assay.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.lab.evidence.HistoryCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The independent checker's own tests are in Python, beside it. */
class HistoryCheckTest {
    private record Ended(int code, String said) {}

    @TempDir
    Path folder;

    @Test
    void theCheckerPassesWhatIsRightAndNamesEachKindOfDamage() throws Exception {
        assumePackages();
        Ended tests = run(List.of(HistoryCheck.program().toString(), "test"));
        assertThat(tests.code()).as(tests.said()).isZero();
    }

    @Test
    void aFolderThatCannotBeCheckedIsAFinding() throws Exception {
        assumePackages();
        assertThat(HistoryCheck.of(folder, List.of())).anyMatch(line -> line.contains("history.jsonl"));
    }

    private static void assumePackages() throws IOException, InterruptedException {
        Ended imports = run(List.of("sh", "-c", "\"${PYTHON:-python3}\" -c 'import fastavro, numpy'"));
        assumeThat(imports.code())
                .as("python3 has numpy and fastavro: " + imports.said())
                .isZero();
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
