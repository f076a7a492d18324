package dev.assay.cli.ingest;

import dev.assay.cli.command.Progress;
import dev.assay.service.ingest.IngestProgress;
import dev.assay.service.ingest.IngestSink;
import dev.assay.service.ingest.IngestSource;
import dev.assay.service.ingest.files.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The files of one command, read one after the other. */
final class IngestFiles {
    private static final int ACKNOWLEDGED_EVERY = 10_000;
    private static final int SHOWN_EVERY = 256;

    private final List<Path> files;
    private final List<IngestSource> sources;

    private IngestFiles(List<Path> files, List<IngestSource> sources) {
        this.files = files;
        this.sources = sources;
    }

    /** Hears that so many items are dealt with. */
    @FunctionalInterface
    private interface Checkpoint {
        void at(long items) throws Exception;
    }

    /** Waits until all that was sent is acknowledged. */
    @FunctionalInterface
    interface Flush {
        void all() throws Exception;
    }

    /** @param given files, folders, patterns, and {@code -} for standard input */
    static IngestFiles open(List<Path> given, IngestSource.Reading reading) throws IOException {
        List<Path> files = FileNames.of(given);
        List<IngestSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(IngestSource.of(file, reading));
        }
        return new IngestFiles(files, sources);
    }

    Stream<String> said() {
        return sources.stream().map(IngestSource::said);
    }

    /** @return when the oldest of them was written */
    Instant oldest() throws IOException {
        Instant oldest = Instant.MAX;
        for (Path file : files) {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            oldest = written.isBefore(oldest) ? written : oldest;
        }
        return oldest;
    }

    /** Reads all. */
    void readInto(IngestSink sink) throws Exception {
        for (int i = 0; i < files.size(); i++) {
            readInto(sink, i, 0, items -> {});
        }
    }

    /** Reads all that is not acknowledged, and keeps what is. */
    void readInto(IngestSink sink, IngestProgress acknowledged, Flush flush, Consumer<String> say) throws Exception {
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            IngestSource from = sources.get(i);
            long before = from.resumable() ? acknowledged.acknowledged(file) : 0;
            if (before > 0) {
                say.accept(file + ": goes on after item " + before);
            }
            readInto(sink, i, before, items -> {
                flush.all();
                if (from.resumable()) {
                    acknowledged.acknowledge(file, from.grows(), items);
                }
            });
        }
    }

    private void readInto(IngestSink sink, int number, long before, Checkpoint checkpoint) throws Exception {
        Path file = files.get(number);
        IngestSource from = sources.get(number);
        long[] items = {0};
        try (Progress progress = Progress.ofBytes(String.valueOf(file.getFileName()), bytes(file))) {
            from.read((place, asked) -> {
                items[0]++;
                if (items[0] % SHOWN_EVERY == 0) {
                    progress.at(from.bytesRead(), items[0], "items");
                }
                if (items[0] <= before) {
                    return; // Read all the same: a judgment may begin before the item that ends it.
                }
                for (var intake : asked) {
                    sink.take(file + " " + place.said(), intake);
                }
                if (items[0] % ACKNOWLEDGED_EVERY == 0) {
                    checkpoint.at(items[0]);
                }
            });
        }
        sink.tally().passedOver(from.passedOver());
        checkpoint.at(items[0] - 1); // the last was no item
    }

    private static long bytes(Path file) throws IOException {
        return Files.isRegularFile(file) ? Files.size(file) : -1;
    }
}
