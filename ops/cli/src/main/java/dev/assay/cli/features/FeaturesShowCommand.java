package dev.assay.cli.features;

import dev.assay.cli.command.AssayCommand;
import dev.assay.service.topics.InvalidInputException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code assay features show}: what a file of a feature space holds. */
@Command(name = "show", mixinStandardHelpOptions = true)
final class FeaturesShowCommand extends AssayCommand {
    @Parameters(paramLabel = "FILE", description = "Written by assay features fit, or by the demo.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Override
    protected int run() {
        try {
            SpaceFacts.print(out(), file);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()));
        }
        return 0;
    }
}
