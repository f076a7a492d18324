package dev.assay.service.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.assay.service.ingest.formats.Format;
import dev.assay.service.ingest.formats.Formats;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file or folder to be ingested, and how it is read. */
public interface IngestSource {
    /** @return in words, such as {@code battles.jsonl: lmarena} */
    String said();

    /** Hands over all items, in their order, and as the last, which is none of them, what is still open. */
    void read(ItemFile.Each each) throws Exception;

    /** @return whether it can go on where it stopped */
    boolean resumable();

    /** @return whether it may get more items without being written anew */
    boolean grows();

    /**
     * How files are to be read where they do not say it themselves.
     *
     * @param format null: as their first item shows
     * @param settings how platforms write their judgments
     */
    record Reading(@Nullable Format format, PlatformSettings settings) {
        /** By what the files show, and as platforms usually write. */
        public static final Reading USUAL = new Reading(null, PlatformSettings.DEFAULTS);

        /**
         * @param format of {@code --format}
         * @param mapping YAML with {@code label-studio} and {@code argilla}; null: their defaults
         * @param labelConfig Label Studio's, as XML; null: none
         */
        public static Reading of(String format, @Nullable Path mapping, @Nullable Path labelConfig) throws IOException {
            Optional<Format> named = Formats.called(format);
            if (named.isEmpty() && !format.equals("auto")) {
                throw new InvalidInputException("--format must be auto or one of " + String.join(", ", Formats.names())
                        + ", was \"" + Shown.of(format) + "\"");
            }
            PlatformSettings settings = mapping == null ? PlatformSettings.DEFAULTS : settings(mapping);
            return new Reading(
                    named.orElse(null), settings.with(labelConfig == null ? null : Files.readString(labelConfig)));
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

    /** @throws InvalidInputException if it cannot be read, or nobody knows its format */
    public static IngestSource of(Path file, Reading reading) throws IOException {
        Path folder = folder(file);
        if (folder != null
                && (reading.format() == null || reading.format().name().equals("neutral"))) {
            return new Folder(folder);
        }
        ItemFile items = ItemFile.open(file);
        Format format = reading.format();
        if (format == null) {
            format = items.first()
                    .flatMap(Formats::of)
                    .orElseThrow(() -> new InvalidInputException("the format of " + file
                            + " is not to be seen in its first item: name it with --format, one of "
                            + String.join(", ", Formats.names())));
        }
        return new Items(file, items, format, reading);
    }

    /** The neutral format's folder, which is a folder, or its file of judgments with the responses beside. */
    private static @Nullable Path folder(Path file) {
        if (Files.isDirectory(file)) {
            return file;
        }
        Path name = file.getFileName();
        Path parent = file.toAbsolutePath().getParent();
        boolean judgments = name != null && name.toString().matches("judgments\\.jsonl(\\.gz)?");
        return judgments && parent != null && NeutralFolder.find(parent, "responses") != null ? parent : null;
    }

    /** A folder in the neutral format. */
    record Folder(Path folder) implements IngestSource {
        @Override
        public String said() {
            return folder + ": folder in the neutral format";
        }

        @Override
        public void read(ItemFile.Each each) throws Exception {
            long[] number = {0};
            NeutralFolder.<Exception>judgments(folder, NeutralFolder.responses(folder), judgment -> {
                number[0]++;
                each.take(number[0], List.of(new Intake.Judged(judgment)));
            });
            each.take(number[0], List.of());
        }

        @Override
        public boolean resumable() {
            return false; // two files, the second of which gives the first its meaning
        }

        @Override
        public boolean grows() {
            return false;
        }
    }

    /** A file of items. */
    record Items(Path file, ItemFile items, Format format, Reading reading) implements IngestSource {
        @Override
        public String said() {
            return file + ": " + format.name() + (reading.format() == null ? ", as its first item shows" : "");
        }

        @Override
        public void read(ItemFile.Each each) throws Exception {
            String name = String.valueOf(file.getFileName());
            items.read(format.items(reading.settings(), name), each);
        }

        @Override
        public boolean resumable() {
            return true;
        }

        @Override
        public boolean grows() {
            return items.grows();
        }
    }
}
