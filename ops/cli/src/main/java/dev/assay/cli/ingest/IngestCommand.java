package dev.assay.cli.ingest;

import dev.assay.cli.command.DeploymentCommand;
import dev.assay.cli.command.Failures;
import dev.assay.cli.command.Progress;
import dev.assay.cli.command.ReadingOptions;
import dev.assay.cli.command.SaidRefusals;
import dev.assay.cli.command.Timeouts;
import dev.assay.service.ingest.IngestProgress;
import dev.assay.service.ingest.IngestSink;
import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.IngestTally;
import dev.assay.service.ingest.Reconciliation;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.Coverage;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.service.topics.JudgmentWriter;
import dev.assay.service.topics.Stall;
import dev.assay.streams.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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
    private static final int ACKNOWLEDGED_EVERY = 10_000;
    private static final Duration STALLED_AFTER = Duration.ofSeconds(10);

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Files: .jsonl or .json, perhaps with .gz; or a folder with judgments.jsonl and responses.jsonl.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private List<Path> files;

    @Mixin
    private ReadingOptions options = new ReadingOptions();

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
        Duration patience = Timeouts.required(timeoutSeconds);
        InvalidInputException.require(
                !reconcile || resume == null, "--reconcile reads files whole and cannot --resume");
        IngestSource.Reading reading = options.reading();
        List<IngestSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(IngestSource.of(file, reading));
        }
        Deployment opened = configured();
        if (!dryRun || reconcile) {
            Clients.setUpTopics(opened, Duration.ofSeconds(30));
        }
        sources.forEach(each -> say(each.said()));
        SaidRefusals said = new SaidRefusals(err());
        IngestTally tally = reconcile ? reconcile(opened, sources, said) : ingest(opened, sources, said);
        tally.print(out());
        if (wait && !dryRun) {
            await(opened, patience);
        }
        return tally.refused() > 0 ? Failures.FAILED : 0;
    }

    private IngestTally ingest(Deployment opened, List<IngestSource> sources, SaidRefusals said) throws Exception {
        if (dryRun) {
            IngestSink sink = new IngestSink(opened, source, (message, key, comparison) -> {}, said);
            for (int i = 0; i < sources.size(); i++) {
                readInto(sink, i, sources.get(i), 0, items -> {});
            }
            out().println("dry run: nothing was sent");
            return sink.tally();
        }
        IngestProgress acknowledged = IngestProgress.open(resume, opened);
        try (JudgmentWriter writer = new JudgmentWriter(opened)) {
            IngestSink sink = new IngestSink(opened, source, (message, key, comparison) -> writer.write(message), said);
            for (int i = 0; i < sources.size(); i++) {
                Path file = files.get(i);
                IngestSource from = sources.get(i);
                long before = from.resumable() ? acknowledged.acknowledged(file) : 0;
                if (before > 0) {
                    out().println(file + ": goes on after item " + before);
                }
                readInto(sink, i, from, before, items -> {
                    writer.flush();
                    if (from.resumable()) {
                        acknowledged.acknowledge(file, from.grows(), items);
                    }
                });
            }
            writer.flush();
            out().println(sink.tally().sent() + " sent to "
                    + opened.topics().judgments().name());
            return sink.tally();
        }
    }

    /** Hears that so many items are dealt with. */
    @FunctionalInterface
    private interface Checkpoint {
        void at(long items) throws Exception;
    }

    private void readInto(IngestSink sink, int number, IngestSource from, long before, Checkpoint checkpoint)
            throws Exception {
        Path file = files.get(number);
        long[] items = {0};
        try (Progress progress = Progress.of("items", "read", -1)) {
            from.read((line, asked) -> {
                items[0]++;
                progress.step();
                if (items[0] <= before) {
                    return; // Read all the same: a judgment may begin before the item that ends it.
                }
                for (var intake : asked) {
                    sink.take(file + " line " + line, intake);
                }
                if (items[0] % ACKNOWLEDGED_EVERY == 0) {
                    checkpoint.at(items[0]);
                }
            });
        }
        checkpoint.at(items[0] - 1); // the last was no item
    }

    private IngestTally reconcile(Deployment opened, List<IngestSource> sources, SaidRefusals said) throws Exception {
        Reconciliation reconciliation = new Reconciliation(opened, exportedAt());
        IngestSink sink = new IngestSink(opened, source, reconciliation::expect, (where, reason, message, key) -> {
            said.hear(where, reason, message, key);
            reconciliation.refused(key);
        });
        for (int i = 0; i < sources.size(); i++) {
            readInto(sink, i, sources.get(i), 0, items -> {});
        }
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

    private Instant exportedAt() throws IOException {
        if (asOf != null) {
            try {
                return Instant.parse(asOf);
            } catch (DateTimeParseException e) {
                throw new InvalidInputException("--as-of must be an instant such as 2024-05-31T13:23:06Z, was " + asOf);
            }
        }
        Instant oldest = Instant.MAX;
        for (Path file : files) {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            oldest = written.isBefore(oldest) ? written : oldest;
        }
        return oldest;
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
