package dev.assay.cli.ingest;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.cli.command.Failures;
import dev.assay.cli.command.ReadingOptions;
import dev.assay.cli.command.SaidRefusals;
import dev.assay.cli.command.Timeouts;
import dev.assay.service.ingest.FileGuess;
import dev.assay.service.ingest.IngestProgress;
import dev.assay.service.ingest.IngestSink;
import dev.assay.service.ingest.IngestTally;
import dev.assay.service.ingest.Reconciliation;
import dev.assay.service.ingest.files.FileNames;
import dev.assay.service.ingest.files.ItemFile;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.Coverage;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.service.topics.JudgmentWriter;
import dev.assay.service.topics.Stall;
import dev.assay.streams.Deployment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay ingest}: files to the topic of judgments. */
@Command(name = "ingest", mixinStandardHelpOptions = true)
public final class IngestCommand extends DeploymentCommand {
    private static final Duration STALLED_AFTER = Duration.ofSeconds(10);

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Files: .jsonl, .json, .csv or .tsv, perhaps with .gz or .zst, patterns of them, or - for standard"
                            + " input; or a folder with judgments.jsonl and responses.jsonl.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Path> files;

    @Mixin
    private ReadingOptions options = new ReadingOptions();

    @Option(names = "--guess")
    private boolean guess;

    @Option(names = "--source", paramLabel = "NAME")
    private @Nullable String source;

    @Option(names = "--dry-run")
    private boolean dryRun;

    @Option(names = "--resume", paramLabel = "FILE")
    private @Nullable Path resume;

    @Option(names = "--reconcile")
    private boolean reconcile;

    @Option(names = "--as-of", paramLabel = "INSTANT")
    private @Nullable String asOf;

    @Option(names = "--wait")
    private boolean wait;

    @Option(names = "--timeout", paramLabel = "SECONDS")
    private int timeoutSeconds = 600;

    @Override
    protected int run() throws Exception {
        if (guess) {
            return guessed();
        }
        Duration patience = Timeouts.required(timeoutSeconds);
        InvalidInputException.require(
                !reconcile || resume == null, "--reconcile reads files whole and cannot --resume");
        InvalidInputException.require(
                (resume == null && !reconcile) || files.stream().noneMatch(ItemFile::isStandardInput),
                "--resume and --reconcile are for files, FILE was - for standard input");
        IngestFiles sources = IngestFiles.open(files, options.reading());
        Deployment opened = configured();
        if (!dryRun || reconcile) {
            Clients.setUpTopics(opened, Duration.ofSeconds(30));
        }
        sources.said().forEach(this::say);
        SaidRefusals said = new SaidRefusals(err());
        IngestTally tally = reconcile ? reconcile(opened, sources, said) : ingest(opened, sources, said);
        tally.print(out(), dryRun);
        if (wait && !dryRun) {
            await(opened, patience);
        }
        return tally.refused() > 0 ? Failures.FAILED : 0;
    }

    /** Needs no config: whoever asks may have none yet. */
    private int guessed() throws Exception {
        for (Path file : FileNames.of(files)) {
            FileGuess.of(file, options.written()).print(out());
        }
        return 0;
    }

    private IngestTally ingest(Deployment opened, IngestFiles sources, SaidRefusals said) throws Exception {
        if (dryRun) {
            IngestSink sink = new IngestSink(opened, source, (message, key, comparison) -> {}, said);
            sources.readInto(sink);
            out().println("dry run: nothing was sent");
            return sink.tally();
        }
        IngestProgress acknowledged = IngestProgress.open(resume, opened);
        try (JudgmentWriter writer = new JudgmentWriter(opened)) {
            IngestSink sink = new IngestSink(opened, source, (message, key, comparison) -> writer.write(message), said);
            sources.readInto(sink, acknowledged, writer::flush, this::say);
            writer.flush();
            out().println(sink.tally().sent() + " sent to "
                    + opened.topics().judgments().name());
            return sink.tally();
        }
    }

    private IngestTally reconcile(Deployment opened, IngestFiles sources, SaidRefusals said) throws Exception {
        Reconciliation reconciliation = new Reconciliation(opened, exportedAt(sources));
        IngestSink sink = new IngestSink(opened, source, reconciliation::expect, (where, reason, message, key) -> {
            said.hear(where, reason, message, key);
            reconciliation.refused(key);
        });
        sources.readInto(sink);
        Reconciliation.Counts counts;
        if (dryRun) {
            counts = reconciliation.run(message -> {});
        } else {
            try (JudgmentWriter writer = new JudgmentWriter(opened)) {
                counts = reconciliation.run(writer::write);
                writer.flush();
            }
        }
        out().println("reconciled with " + reconciliation.sources() + (dryRun ? " (dry run: nothing was sent)" : ""));
        out().println(counts.alike() + " stand alike, " + counts.missing() + " missing and sent, " + counts.different()
                + " different and sent, " + counts.retracted() + " no longer in the export and retracted, "
                + counts.newer() + " newer than the export and left");
        if (counts.kept() > 0) {
            out().println(counts.kept()
                    + " no longer in the export were kept, since not every item of it was understood");
        }
        return sink.tally();
    }

    private Instant exportedAt(IngestFiles sources) throws IOException {
        if (asOf != null) {
            try {
                return Instant.parse(asOf);
            } catch (DateTimeParseException e) {
                throw new InvalidInputException("--as-of must be an instant such as 2024-05-31T13:23:06Z, was " + asOf);
            }
        }
        return sources.oldest();
    }

    private void await(Deployment opened, Duration patience) throws Exception {
        long begin = System.nanoTime();
        Stall stall = new Stall(STALLED_AFTER, message -> {
            err().println("waiting: " + message);
            err().flush();
        });
        try (Coverage coverage = new Coverage(opened, stall)) {
            coverage.awaitAdmission(patience);
            var snapshot = coverage.awaitSnapshot(patience.minusNanos(System.nanoTime() - begin));
            out().println("snapshot " + snapshot.version() + " covers all, "
                    + snapshot.sums().judgments() + " judgments");
        } catch (TimeoutException e) {
            throw new TimeoutException("gave up to --wait after " + timeoutSeconds + " s: " + e.getMessage());
        }
    }
}
