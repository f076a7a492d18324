package dev.assay.cli.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.estimator.columns.DoubleComparisonStore;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonsFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            psi0,z_1           | column y is missing
            y,z_1              | column psi0 is missing
            y,psi0             | column z_1 is missing: there must be at least one feature difference
            y,psi0,z_1,z_3     | column z_2 is missing: numbers must run from 1 without a gap, there is z_3
            y,psi0,psi_2,z_1   | column psi_1 is missing: numbers must run from 1 without a gap, there is psi_2
            y,psi0,z_1,z_01    | unknown column "z_01" in field 4
            y,psi0,z_0         | unknown column "z_0" in field 3
            y,psi0,z_1,Weight  | unknown column "Weight" in field 4
            y;psi0;z_1         | unknown column "y;psi0;z_1" in field 1
            y,psi0,z_1,w,z_1   | column z_1 must appear once, is in fields 3 and 5
            """)
    void aWrongHeaderIsRefusedByColumn(String header, String problem) throws IOException {
        FitRun run = run(header + "\n1,1,1,1,1\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("test.csv, line 1: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1.5,1,2,3,1        | column y: must be a number between 0 and 1, was "1.5"
            -0.1,1,2,3,1       | column y: must be a number between 0 and 1, was "-0.1"
            ,1,2,3,1           | column y: must be a number between 0 and 1, was ""
            1,NaN,2,3,1        | column psi0: must be a number between -1e38 and 1e38, was "NaN"
            1,1,Infinity,3,1   | column psi_1: must be a number between -1e38 and 1e38, was "Infinity"
            1,1,0x1p3,3,1      | column psi_1: must be a number between -1e38 and 1e38, was "0x1p3"
            1,1,2f,3,1         | column psi_1: must be a number between -1e38 and 1e38, was "2f"
            1,1,2,1.1e38,1     | column z_1: must be a number between -1e38 and 1e38, was "1.1e38"
            1,1,2,-1e400,1     | column z_1: must be a number between -1e38 and 1e38, was "-1e400"
            1,1,2,1.2.3,1      | column z_1: must be a number between -1e38 and 1e38, was "1.2.3"
            1,1,2,3,-1         | column w: must be a number between 0 and 1e38, was "-1"
            """)
    void aWrongNumberIsRefusedByLineColumnBoundAndValue(String line, String problem) throws IOException {
        FitRun run = run("y,psi0,psi_1,z_1,w\n1,1,2,3,1\n" + line + "\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("test.csv, line 3, " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,1       | 2
            1,1,2,3   | 4
            1         | 1
            """)
    void aShortOrLongLineIsRefusedByItsNumberOfFields(String line, int fields) throws IOException {
        FitRun run = run("y,psi0,z_1\n\n1,1,2\n" + line + "\n1,1,2\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("test.csv, line 4: must have 3 fields, has " + fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n"})
    void anEmptyFileIsRefused(String content) throws IOException {
        FitRun run = run(content);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("test.csv, line 1: must be a header").contains("is empty");
    }

    @Test
    void anUnclosedQuoteIsRefused() throws IOException {
        FitRun run = run("y,psi0,z_1\n1,1,\"2\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("test.csv, ");
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("test.csv"), new byte[] {'y', ',', (byte) 0xff, (byte) 0xfe, ','});

        FitRun run = FitRun.json(file);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("test.csv, ");
    }

    @Test
    void aFolderIsRefused() {
        assertThatThrownBy(() -> ComparisonsFile.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be a file");
    }

    @Test
    void quotesSpacesBlankLinesAndAByteOrderMarkAreNoObstacle() throws IOException {
        Path file = write("\ufeff\"y\", psi0 ,z_1\r\n1, 1 ,\"2.5\"\r\n\r\n0,1,+3e-2\r\n\r\n");

        DoubleComparisonStore store = ComparisonsFile.read(file).store();

        assertThat(store.size()).isEqualTo(2);
        assertThat(store.rewardDimension()).isEqualTo(1);
        assertThat(store.rationalityDimension()).isZero();
    }

    private FitRun run(String content) throws IOException {
        return FitRun.json(write(content));
    }

    private Path write(String content) throws IOException {
        return Files.write(folder.resolve("test.csv"), content.getBytes(StandardCharsets.UTF_8));
    }
}
