package dev.assay.cli.command;

import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The {@code --config} option of every command that works on a deployment. */
public final class DeploymentOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE")
    private Path config = Path.of("assay.yaml");

    /** @throws InvalidInputException if the file cannot be used; the message names key, bound and value */
    public Deployment open() {
        return open(config);
    }

    /** @throws InvalidInputException if the file cannot be used; the message names key, bound and value */
    public static Deployment open(Path config) {
        try {
            ServiceConfig service = ServiceConfig.read(config);
            Path folder = config.toAbsolutePath().getParent();
            return new Deployment(service, service.features().open(folder == null ? Path.of(".") : folder));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()));
        }
    }
}
