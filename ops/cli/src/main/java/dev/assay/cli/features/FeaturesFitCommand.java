package dev.assay.cli.features;

import dev.assay.cli.command.AssayCommand;
import dev.assay.cli.command.Progress;
import dev.assay.cli.command.ReadingOptions;
import dev.assay.cli.command.SaidRefusals;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.EmbeddingsConfig;
import dev.assay.streams.FeaturesConfig;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.features.EmbeddingProjection;
import dev.assay.streams.features.TextFeatureSpace;
import dev.assay.streams.features.embed.EmbeddingBatches;
import dev.assay.streams.features.embed.EmbeddingCounts;
import dev.assay.streams.features.embed.EmbeddingFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay features fit}: centring and principal components from texts such as those to come. */
@Command(name = "fit", mixinStandardHelpOptions = true)
final class FeaturesFitCommand extends AssayCommand {
    private static final String SUFFIX = ".features";
    private static final int USUAL_COMPONENTS = 64;
    private static final int ASKED_AT_ONCE = 256; // between two steps of the progress

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "What ingest reads, and rows with text or completion alone. Equal texts count once.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Path> files;

    @Option(names = "--out", required = true, paramLabel = "NAME.features")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Option(names = "--force")
    private boolean force;

    @Option(names = "--kind", paramLabel = "KIND")
    private @Nullable String kind;

    @Option(names = "--dimension", paramLabel = "D")
    private @Nullable Integer dimension;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE")
    private @Nullable Path config;

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Option(names = "--most-texts", paramLabel = "N")
    private int mostTexts = 10_000;

    @Override
    protected int run() throws IOException, InterruptedException {
        FeaturesConfig features = config == null ? null : config(config);
        boolean embeddings = embeddings(features);
        String name = features == null ? nameOfFile() : features.name();
        requireWritable();
        FittingTexts read = new FittingTexts(new SaidRefusals(err()));
        for (Path file : files) {
            read.read(file, reading.reading());
        }
        List<String> texts = evenly(read.texts());
        if (texts.size() < 2) {
            throw new InvalidInputException("there must be at least 2 different texts, were " + texts.size());
        }
        say("texts " + texts.size());
        try {
            if (features instanceof EmbeddingsConfig embedded) {
                EmbeddingProjection fitted = EmbeddingProjection.fit(
                        name,
                        embedded.source(),
                        embed(texts, embedded),
                        components(texts.size(), embedded.dimension()));
                fitted.save(out);
                SpaceFacts.print(out(), fitted);
            } else {
                TextFeatureSpace fitted =
                        TextFeatureSpace.fit(name, texts, components(texts.size(), Integer.MAX_VALUE));
                fitted.save(out);
                SpaceFacts.print(out(), fitted);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()));
        } catch (EmbeddingFailure e) {
            return failed(String.valueOf(e.getMessage()));
        }
        out().println("written to " + out + "; in the config file: features: {kind: "
                + (embeddings ? "embeddings" : "text") + ", name: " + name + ", file: " + out.getFileName()
                + (embeddings ? ", …}" : "}"));
        return read.refused() == 0 ? 0 : failed(read.refused() + " refused as said above; the texts are of the rest");
    }

    private static FeaturesConfig config(Path file) {
        try {
            return ServiceConfig.read(file).features(); // Not opened: its own file is what is to be written here.
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()));
        }
    }

    private boolean embeddings(@Nullable FeaturesConfig features) {
        String wanted = kind != null ? kind : features == null ? "text" : features.kind();
        if (!wanted.equals("text") && !wanted.equals("embeddings")) {
            throw new InvalidInputException("--kind must be text or embeddings, was " + wanted);
        }
        if (features != null && !features.kind().equals(wanted)) {
            throw new InvalidInputException(
                    "--kind must be that of the config file, " + features.kind() + ", was " + wanted);
        }
        if (features == null && wanted.equals("embeddings")) {
            throw new InvalidInputException("--kind embeddings needs -c: a config file that names the server");
        }
        return wanted.equals("embeddings");
    }

    private String nameOfFile() {
        String file = String.valueOf(out.getFileName());
        return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    }

    /** Before the work rather than after it. */
    private void requireWritable() {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || folder == null || !Files.isDirectory(folder)) {
            throw new InvalidInputException("--out must be a file in a folder that exists, was " + out);
        }
        if (Files.exists(out) && !force) {
            throw new InvalidInputException("--out must be a new file, since deployments may rest on the old one, was "
                    + out + "; --force overwrites");
        }
    }

    private List<String> evenly(List<String> texts) {
        if (mostTexts < 2) {
            throw new InvalidInputException("--most-texts must be at least 2, was " + mostTexts);
        }
        if (texts.size() <= mostTexts) {
            return texts;
        }
        List<String> taken = new ArrayList<>(mostTexts);
        for (long i = 0; i < mostTexts; i++) {
            taken.add(texts.get((int) (i * texts.size() / mostTexts)));
        }
        return taken;
    }

    private int components(int texts, int columns) {
        int most = Math.min(texts, columns) - 1;
        return dimension != null ? dimension : Math.max(1, Math.min(USUAL_COMPONENTS, most));
    }

    private static List<float[]> embed(List<String> texts, EmbeddingsConfig features)
            throws EmbeddingFailure, InterruptedException {
        List<float[]> embeddings = new ArrayList<>(texts.size());
        try (EmbeddingBatches server = features.embedder(new EmbeddingCounts());
                Progress progress = Progress.of("texts", "embedded", texts.size())) {
            for (int from = 0; from < texts.size(); from += ASKED_AT_ONCE) {
                int to = Math.min(texts.size(), from + ASKED_AT_ONCE);
                embeddings.addAll(server.embed(texts.subList(from, to)));
                for (int i = from; i < to; i++) {
                    progress.step();
                }
            }
        }
        return embeddings;
    }
}
