package dev.assay.cli.features;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.IngestSink;
import dev.assay.service.ingest.IngestSource.Reading;
import dev.assay.service.ingest.JudgmentFiles;
import dev.assay.service.ingest.formats.Format;
import dev.assay.service.ingest.formats.Formats;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.Items;
import dev.assay.service.ingest.formats.NeutralFolder;
import dev.assay.service.ingest.formats.NeutralFolder.StoredResponse;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.model.JudgedResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts of responses, each once: of all files that an ingest reads, as it cuts them; and of rows that are no pair, for features
 * need none: those with {@code text}, {@code completion}, or one of {@code chosen} and {@code rejected}.
 */
final class FittingTexts {
    private static final List<String> ALONE = List.of("text", "completion", "chosen", "rejected");

    private final Set<String> texts = new LinkedHashSet<>();
    private final JudgmentFiles files;

    /** @param refused hears of what gives no text */
    FittingTexts(IngestSink.Refused refused) {
        files = new JudgmentFiles(refused);
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    long refused() {
        return files.tally().refused();
    }

    /** @throws InvalidInputException if the file cannot be read, or nobody knows its format */
    void read(Path file, Reading reading) throws IOException {
        if (Files.isDirectory(file)) {
            for (StoredResponse response : NeutralFolder.responses(file).values()) {
                add(file.toString(), response.responseId(), response.text());
            }
        } else if (reading.format() != null || !readAlone(file, reading)) {
            files.read(file, reading, this::add);
        }
    }

    private boolean add(String where, Intake.Judged judged) {
        boolean all = true;
        for (JudgedResponse response : judged.judgment().responses()) {
            all &= add(where, response.responseId(), response.text());
        }
        return all;
    }

    private boolean add(String where, String responseId, @Nullable String text) {
        if (text == null) {
            files.refuse(where, "NO_TEXT", "features are made of texts, response " + responseId + " has none");
            return false;
        }
        texts.add(text);
        return true;
    }

    /** @return whether the first row is a text that is no pair, and all were read */
    private boolean readAlone(Path file, Reading reading) throws IOException {
        Format rows = new Format("texts", item -> true, (settings, source) -> new TextRows(reading, source), false);
        List<Refusal> held = new ArrayList<>(); // said again by the reader of the other rows, if they are others
        JudgmentFiles alone =
                new JudgmentFiles((where, reason, message, key) -> held.add(new Refusal(where, reason, message)));
        try {
            alone.read(file, new Reading(rows, reading.settings(), reading.files()), this::add);
        } catch (OtherRowsException e) {
            return false;
        }
        held.forEach(one -> files.refuse(one.where(), one.reason(), one.message()));
        return true;
    }

    private record Refusal(String where, String reason, String message) {}

    /** The first row says that these are no texts alone. */
    private static final class OtherRowsException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Rows of texts, among them pairs as TRL writes them. */
    private final class TextRows implements Items {
        private final Items pairs;
        private boolean begun;

        TextRows(Reading reading, String source) {
            pairs = Formats.called("trl").orElseThrow().items(reading.settings(), source);
        }

        @Override
        public List<Intake> read(JsonPlace row) throws JsonRefusal {
            boolean pair = row.at("chosen").present() && row.at("rejected").present();
            List<String> there =
                    ALONE.stream().filter(name -> row.at(name).present()).toList();
            if (!begun && (pair || there.isEmpty())) {
                throw new OtherRowsException();
            }
            begun = true;
            if (there.isEmpty()) {
                throw new JsonRefusal("a row must have one of " + String.join(", ", ALONE));
            }
            for (String name : pair ? List.of("text", "completion") : there) {
                if (row.at(name).present()) {
                    texts.add(text(row.at(name)));
                }
            }
            return pair ? pairs.read(row) : List.of();
        }

        /** Of a list of messages the last, which is the response. */
        private static String text(JsonPlace place) throws JsonRefusal {
            JsonNode value = place.value();
            JsonNode text = value != null && value.isArray() && !value.isEmpty()
                    ? value.get(value.size() - 1).path("content")
                    : value;
            if (text == null || !text.isTextual()) {
                throw place.must("be text, or messages the last of which has a content of text");
            }
            return text.asText();
        }
    }
}
