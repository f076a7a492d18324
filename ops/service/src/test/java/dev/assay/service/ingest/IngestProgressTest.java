package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestProgressTest {
    @TempDir
    Path folder;

    private Deployment deployment;
    private Path state;

    @BeforeEach
    void open() throws Exception {
        Path config = Files.writeString(folder.resolve("assay.yaml"), """
                kafka: {bootstrap.servers: "localhost:1"}
                features: {kind: vectors, dimension: 1}
                """);
        ServiceConfig read = ServiceConfig.read(config);
        deployment = new Deployment(read, read.features().open(folder));
        state = folder.resolve("state");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '~',
            value = {
                "a.csv ~ 'prompt,chosen,rejected\n1,x,y\n' ~ '2,x,y\n'",
                "a.jsonl ~ '{\"chosen\":\"x\",\"rejected\":\"y\"}\n' ~ '{\"chosen\":\"x\",\"rejected\":\"z\"}\n'"
            })
    void whatHasGrownGoesOnWhereItWas(String name, String before, String more) throws Exception {
        Path file = Files.writeString(folder.resolve(name), before);
        IngestSource source = IngestSource.of(file, new IngestSource.Reading(null, PlatformSettings.DEFAULTS));
        assertThat(source.resumable()).isTrue();
        IngestProgress.open(state, deployment).acknowledge(file, source.grows(), 1);
        Files.writeString(file, before + more);
        assertThat(IngestProgress.open(state, deployment).acknowledged(file)).isEqualTo(1);
    }

    @Test
    void anArrayThatIsWrittenAnewIsAnotherFile() throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "[{\"chosen\":\"x\",\"rejected\":\"y\"}]");
        IngestSource source = IngestSource.of(file, new IngestSource.Reading(null, PlatformSettings.DEFAULTS));
        IngestProgress.open(state, deployment).acknowledge(file, source.grows(), 1);
        Files.writeString(file, Files.readString(file).replace("]", ",{\"chosen\":\"x\",\"rejected\":\"z\"}]"));
        assertThatThrownBy(() -> IngestProgress.open(state, deployment).acknowledged(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another file of the name");
    }
}
