package dev.assay.streams.wire.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.streams.Deployments;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.wire.JudgmentCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Avro may instantiate it reads once in a process; the tests' own process is told on its command line. */
class FreshProcessTest {
    @ParameterizedTest
    @ValueSource(strings = {"registry", "single"})
    void recordsAreReadByAProcessThatNobodyToldWhatAvroMayInstantiate(String format) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Child.class.getName(),
                        format)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("read j1");
    }

    /** As a role does: registers all, then writes and reads. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws Exception {
            try (FakeRegistry fake = new FakeRegistry()) {
                WireFormat wire = WireFormat.SINGLE_OBJECT;
                if (args[0].equals("registry")) {
                    RegistrySettings settings =
                            new RegistrySettings(fake.url(), null, null, Duration.ofSeconds(30), true);
                    RegistryFormat framed = (RegistryFormat) settings.wireFormat(new Topics("t."));
                    framed.register();
                    wire = framed;
                }
                JudgmentCodec codec = new JudgmentCodec(wire);
                Judgment read = (Judgment) codec.decode(codec.encode(Deployments.judgment(1)));
                System.out.println("read " + read.judgmentId());
            }
        }
    }
}
