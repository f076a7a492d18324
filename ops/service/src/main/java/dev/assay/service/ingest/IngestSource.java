package dev.assay.service.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.assay.service.ingest.formats.Format;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.NeutralFormat;
import dev.assay.service.ingest.formats.NeutralFormat.StoredResponse;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** How files are to be read where they do not say it themselves. */
    record Reading(
            @Nullable Format format,
            PlatformSettings settings,
            @Nullable String labelConfig) {
        /**
         * @param format of {@code --format}
         * @param mapping YAML with {@code label-studio} and {@code argilla}; null: their defaults
         * @param labelConfig Label Studio's, as XML; null: none
         */
        public static Reading of(String format, @Nullable Path mapping, @Nullable Path labelConfig) throws IOException {
            Optional<Format> named = Format.called(format);
            if (named.isEmpty() && !format.equals("auto")) {
                throw new InvalidInputException("--format must be auto or one of " + titles() + ", was " + format);
            }
            return new Reading(
                    named.orElse(null),
                    mapping == null ? PlatformSettings.DEFAULTS : settings(mapping),
                    labelConfig == null ? null : Files.readString(labelConfig));
        }

        private static PlatformSettings settings(Path mapping) throws IOException {
            try {
                return new ObjectMapper(new YAMLFactory()).readValue(Files.readString(mapping), PlatformSettings.class);
            } catch (JsonProcessingException e) {
                throw new InvalidInputException("--mapping " + mapping + ": " + e.getOriginalMessage());
            }
        }
    }

    static String titles() {
        return Arrays.stream(Format.values()).map(Format::title).collect(Collectors.joining(", "));
    }

    /** @throws InvalidInputException if it cannot be read, or nobody knows its format */
    public static IngestSource of(Path file, Reading reading) throws IOException {
        Path folder = folder(file);
        if (folder != null && (reading.format() == null || reading.format() == Format.NEUTRAL)) {
            return new Folder(folder);
        }
        ItemFile items = ItemFile.open(file);
        Format format = reading.format();
        if (format == null) {
            format = items.first()
                    .flatMap(Format::of)
                    .orElseThrow(() -> new InvalidInputException("the format of " + file
                            + " is not to be seen in its first item: name it with --format, one of " + titles()));
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
        return judgments
                        && parent != null
                        && (Files.exists(parent.resolve("responses.jsonl"))
                                || Files.exists(parent.resolve("responses.jsonl.gz")))
                ? parent
                : null;
    }

    /** A folder in the neutral format. */
    record Folder(Path folder) implements IngestSource {
        @Override
        public String said() {
            return folder + ": folder in the neutral format";
        }

        @Override
        public void read(ItemFile.Each each) throws Exception {
            Map<String, StoredResponse> responses = NeutralFormat.responses(folder);
            long[] number = {0};
            Exception[] failed = {null};
            NeutralFormat.judgments(folder, responses, judgment -> {
                number[0]++;
                try {
                    if (failed[0] == null) {
                        each.take(number[0], List.of(new Intake.Judged(judgment)));
                    }
                } catch (Exception e) { // what may not be thrown through a Consumer
                    failed[0] = e;
                }
            });
            if (failed[0] != null) {
                throw failed[0];
            }
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
            return file + ": " + format.title() + (reading.format() == null ? ", as its first item shows" : "");
        }

        @Override
        public void read(ItemFile.Each each) throws Exception {
            String name = String.valueOf(file.getFileName());
            items.read(format.items(reading.settings(), reading.labelConfig(), name), each);
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
