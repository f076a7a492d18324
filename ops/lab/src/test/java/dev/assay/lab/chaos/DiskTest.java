package dev.assay.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.assay.lab.process.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    private static final String KEPT = "kept";

    @TempDir
    Path folder;

    @Test
    void nothingCanBeWrittenToAFullDiskAndWhatWasThereStays() throws IOException {
        assumeThat(Disk.hindrance()).isEmpty();
        Path data = folder.resolve("data");
        try (Disk disk = new Disk(data)) {
            Files.writeString(data.resolve("before"), KEPT);
            disk.fill();
            assertThatThrownBy(() -> Files.writeString(data.resolve("meanwhile"), KEPT))
                    .hasMessageContaining("No space left");
            disk.empty();
            Files.writeString(data.resolve("after"), KEPT);
        }
        assertThat(Files.getFileStore(data)).isEqualTo(Files.getFileStore(folder));
        assertThat(data.resolve("before")).hasContent(KEPT);
        assertThat(data.resolve("after")).hasContent(KEPT);
    }
}
