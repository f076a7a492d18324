package dev.assay.lab;

import dev.assay.lab.simulate.Replications;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every study of {@code assay simulate} is asked with. */
final class StudyOptions {
    @Option(names = "--replications", paramLabel = "N", defaultValue = "1000")
    private int replications;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "20251203")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "ops/docs/experiments")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0")
    private int threads;

    int replications() {
        if (replications < 2) {
            throw new InvalidInputException("--replications: must be at least 2, was " + replications);
        }
        return replications;
    }

    /** The folder, which exists. */
    Path folder() throws IOException {
        return Files.createDirectories(out);
    }

    /** @param step called after each replication */
    Replications start(Runnable step) {
        if (threads < 0) {
            throw new InvalidInputException("--threads: must not be negative, was " + threads);
        }
        int used = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        return new Replications(seed, replications(), used, step);
    }
}
