package dev.assay.service.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.assay.service.ingest.files.FileSettings;
import dev.assay.service.ingest.files.ItemFile;
import dev.assay.service.ingest.files.Place;
import dev.assay.service.ingest.formats.Columns;
import dev.assay.service.ingest.formats.Format;
import dev.assay.service.ingest.formats.Formats;
import dev.assay.service.ingest.formats.Guess;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.NeutralFolder;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file or folder to be ingested, and how it is read: the one way for every command that reads judgments. */
public interface IngestSource {
    /** Takes what one item asks for. */
    @FunctionalInterface
    interface Each {
        /**
         * @param place of the item
         * @param asked what it asks for; may be empty
         */
        void take(Place place, List<Intake> asked) throws Exception;
    }

    /** @return in words, such as {@code battles.jsonl: lmarena} */
    String said();

    /** Hands over all items, in their order, and as the last, which is none of them, what is still open. */
    void read(Each each) throws Exception;

    /** @return whether it can go on where it stopped */
    boolean resumable();

    /** @return whether it may get more items without being written anew */
    boolean grows();

    /** @return in how many of the items read there is something under a name that nobody asked for in any of them */
    default Map<String, Long> passedOver() {
        return Map.of();
    }

    /** @return how many bytes have been read so far, of those that the file has */
    default long bytesRead() {
        return 0;
    }

    /**
     * How files are to be read where they do not say it themselves.
     *
     * @param format null: as their first item shows
     * @param settings how platforms write their judgments
     * @param files how their bytes are written
     */
    record Reading(@Nullable Format format, PlatformSettings settings, FileSettings files) {
        /** By what the files show, and as platforms usually write. */
        public static final Reading USUAL = new Reading(null, PlatformSettings.DEFAULTS);

        /** Of files whose bytes show how they are written. */
        public Reading(@Nullable Format format, PlatformSettings settings) {
            this(format, settings, FileSettings.FOUND);
        }

        /**
         * @param format of {@code --format}
         * @param mapping YAML with {@code label-studio} and {@code argilla}; null: their defaults
         * @param labelConfig Label Studio's, as XML; null: none
         * @param columns of {@code --columns}; null: those of the mapping, if it names some
         */
        public static Reading of(
                String format, @Nullable Path mapping, @Nullable Path labelConfig, @Nullable String columns)
                throws IOException {
            Optional<Format> named = Formats.called(format);
            if (named.isEmpty() && !format.equals("auto")) {
                throw new InvalidInputException("--format must be auto or one of " + String.join(", ", Formats.names())
                        + ", was \"" + Shown.of(format) + "\"");
            }
            InvalidInputException.require(
                    named.isEmpty() || columns == null, "--columns are a format of their own, --format was " + format);
            PlatformSettings settings = mapping == null ? PlatformSettings.DEFAULTS : settings(mapping);
            Optional<Format> wanted = named.isPresent() ? named : named(columns, settings);
            return new Reading(
                    wanted.orElse(null), settings.with(labelConfig == null ? null : Files.readString(labelConfig)));
        }

        /** @return the same of files written so */
        public Reading with(FileSettings written) {
            return new Reading(format, settings, written);
        }

        private static Optional<Format> named(@Nullable String columns, PlatformSettings settings) {
            try {
                Optional<Columns> given = columns == null ? settings.columns() : Optional.of(Columns.parse(columns));
                return given.map(Columns::format);
            } catch (JsonRefusal e) {
                throw new InvalidInputException("--columns: " + e.getMessage());
            }
        }

        private static PlatformSettings settings(Path mapping) throws IOException {
            try {
                return PlatformSettings.of(new ObjectMapper(new YAMLFactory()).readTree(Files.readString(mapping)));
            } catch (JsonProcessingException e) {
                throw new InvalidInputException("--mapping " + mapping + ": " + e.getOriginalMessage());
            } catch (JsonRefusal e) {
                throw new InvalidInputException("--mapping " + mapping + ": " + e.getMessage());
            }
        }
    }

    /**
     * @param file {@code -} for standard input
     * @throws InvalidInputException if it cannot be read, or nobody knows its format
     */
    public static IngestSource of(Path file, Reading reading) throws IOException {
        Path folder = folder(file);
        if (folder != null
                && (reading.format() == null || reading.format().name().equals("neutral"))) {
            return new FolderSource(folder);
        }
        ItemFile items = ItemFile.open(file, reading.files());
        Optional<JsonNode> first = items.first(); // asked in any case: it refuses what has no items
        Format format = reading.format();
        if (format == null) {
            JsonNode item = first.orElseThrow(() -> new InvalidInputException(items.name() + " is empty"));
            format = Formats.of(item).orElse(null);
            if (format == null) {
                throw notRecognised(items, item);
            }
        }
        return new ItemSource(items, format, reading);
    }

    /** What to say of a file whose first item is of no format: what it has, and the ways on. */
    private static InvalidInputException notRecognised(ItemFile file, JsonNode first) throws IOException {
        return new InvalidInputException("the format of " + file.name() + " is not to be seen in its first item: "
                + (first.isObject() ? Guess.of(file.first(Guess.MOST_ROWS)).message() : "it is " + Shown.of(first))
                + "; the formats by name (--format) are " + String.join(", ", Formats.names()));
    }

    /** The neutral format's folder, which is a folder, or its file of judgments with the responses beside. */
    private static @Nullable Path folder(Path file) {
        if (Files.isDirectory(file)) {
            return file;
        }
        Path name = file.getFileName();
        Path parent = file.toAbsolutePath().getParent();
        boolean judgments = name != null && name.toString().matches("judgments\\.jsonl(\\.gz|\\.zst)?");
        return judgments && parent != null && NeutralFolder.find(parent, "responses") != null ? parent : null;
    }
}
