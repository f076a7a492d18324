package dev.assay.cli.fit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import picocli.CommandLine;

/** What one run of {@code assay fit} said, and how it ended. */
public record FitRun(int exitCode, String out, String err) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public static FitRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(new FitCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    // Assay does the same; anything but wrong input would be a mistake of ours and must not pass here.
                    if (failure instanceof InvalidInputException) {
                        commandLine.getErr().println(failure.getMessage());
                        return CommandLine.ExitCode.USAGE;
                    }
                    throw failure;
                })
                .execute(args);
        return new FitRun(exitCode, out.toString(), err.toString());
    }

    static FitRun json(Path comparisons) {
        return of("--comparisons", comparisons.toString(), "--json", "-");
    }

    public JsonNode result() {
        try {
            return MAPPER.readTree(out);
        } catch (IOException e) {
            throw new UncheckedIOException(out, e);
        }
    }

    /** The result but for how long it took. */
    JsonNode timeless() {
        ObjectNode result = (ObjectNode) result();
        result.remove("seconds");
        return result;
    }

    /** A file of the numerical truth. */
    static Path vector(String name) {
        try {
            return Path.of(Objects.requireNonNull(FitRun.class.getResource("/vectors/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }

    static JsonNode expected(String name) {
        try {
            return MAPPER.readTree(vector(name + ".expected.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
