package dev.assay.cli.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.roles.Operations;
import dev.assay.service.roles.RunningRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A role that does not get on ends its process, in a process of its own. */
class StuckRoleTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "it closes: {0}")
    @CsvSource({"true", "false"})
    @Timeout(120)
    void aRoleThatDoesNotGetOnEndsItsProcessSoThatItIsStartedAgain(boolean closes) throws Exception {
        Path said = folder.resolve("said");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StuckCommand.class.getName(),
                        "-c",
                        config().toString(),
                        closes ? "--closes" : "--hangs")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        int exitCode = child.waitFor();

        assertThat(exitCode).as(Files.readString(said)).isEqualTo(75);
        assertThat(Files.readString(said))
                .contains("assay: the stuck of model m does not get on, and ends to be started again: threads dead")
                .contains(closes ? "closed in order" : "does not close");
    }

    private Path config() throws Exception {
        return Files.writeString(folder.resolve("assay.yaml"), """
                model: m
                kafka: {bootstrap.servers: "127.0.0.1:9"}
                context:
                  offset: 1.0
                  attributes:
                    - {name: c, kind: numeric}
                features: {kind: vectors, name: f, dimension: 1}
                """);
    }

    /** A role that is dead from the start, and closes or does not. */
    @Command(name = "stuck")
    static final class StuckCommand extends RoleCommand {
        @Option(names = "--closes")
        private boolean closes;

        @Option(names = "--hangs")
        private boolean hangs;

        public static void main(String[] args) {
            System.exit(new CommandLine(new StuckCommand()).execute(args));
        }

        @Override
        protected int run() throws Exception {
            return untilInterrupted(configured(), "stuck", operations -> new StuckRole(hangs && !closes), "");
        }

        @Override
        Duration closesWithin() {
            return hangs ? Duration.ofSeconds(15) : super.closesWithin(); // what watches its brokers closes before it
        }
    }

    private record StuckRole(boolean hangs) implements RunningRole {
        @Override
        public String address() {
            return "nowhere";
        }

        @Override
        public void watchedBy(Operations operations) {}

        @Override
        public List<String> dead() {
            return List.of("threads dead");
        }

        @Override
        public void close() {
            System.out.println(hangs ? "does not close" : "closed in order");
            while (hangs) {
                LockSupport.park(this); // Whoever waits for a broker does not hear interrupts either.
            }
        }
    }
}
