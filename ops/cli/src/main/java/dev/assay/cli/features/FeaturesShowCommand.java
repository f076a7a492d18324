package dev.assay.cli.features;

import dev.assay.service.topics.InvalidInputException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay features show}: what a file of a feature space holds. */
@Command(name = "show", mixinStandardHelpOptions = true, description = "Show what a file of a feature space holds.")
final class FeaturesShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Written by assay features fit, or by the demo.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path file;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            SpaceFacts.print(out, file);
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()));
        }
        out.flush();
        return 0;
    }
}
