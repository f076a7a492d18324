package dev.assay.service.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.service.ingest.files.FileSettings;
import dev.assay.service.ingest.files.ItemFile;
import dev.assay.service.ingest.formats.Columns;
import dev.assay.service.ingest.formats.Formats;
import dev.assay.service.ingest.formats.Guess;
import dev.assay.service.ingest.formats.InWords;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a file seems to be before anybody has said what it is: an option that reads it, the counts which that would give, and
 * some of its judgments in words, so that people see whether it is read as they mean it. Needs no config and no broker.
 */
public final class FileGuess {
    private static final int IN_WORDS = 3;

    private final Path file;
    private final String option;
    private final IngestSource source;

    private FileGuess(Path file, String option, IngestSource source) {
        this.file = file;
        this.option = option;
        this.source = source;
    }

    /**
     * @param file a file or a folder, which can be read twice
     * @throws InvalidInputException if it cannot be read, or nobody can tell who won
     */
    public static FileGuess of(Path file, FileSettings settings) throws IOException {
        InvalidInputException.require(
                !ItemFile.isStandardInput(file), "--guess reads a file twice, FILE was - for standard input");
        Optional<Columns> columns = Files.isDirectory(file) ? Optional.empty() : columns(file, settings);
        var reading = new IngestSource.Reading(
                columns.map(Columns::format).orElse(null), PlatformSettings.DEFAULTS, settings);
        String option =
                columns.map(found -> "--columns '" + found.line() + "' ").orElse("");
        return new FileGuess(file, option, IngestSource.of(file, reading));
    }

    /** @return the columns to name; empty where it is read without, or nobody knows any */
    private static Optional<Columns> columns(Path file, FileSettings settings) throws IOException {
        List<JsonNode> rows = ItemFile.open(file, settings).first(Guess.MOST_ROWS);
        boolean known = rows.isEmpty() || Formats.of(rows.get(0)).isPresent();
        return known ? Optional.empty() : Guess.of(rows).columns();
    }

    /** Reads the file and tells. */
    public void print(PrintWriter out) throws Exception {
        IngestTally tally = new IngestTally();
        List<String> words = new ArrayList<>();
        source.read((place, asked) -> {
            for (Intake intake : asked) {
                take(tally, words, file + " " + place.said(), intake);
            }
        });
        tally.passedOver(source.passedOver());
        out.println(source.said());
        tally.print(out, true);
        out.println();
        words.forEach(out::println);
        out.println();
        out.println("If that is what they mean:");
        out.println("  assay demo --data " + file + (option.isEmpty() ? "" : " " + option.strip()));
        out.println("  assay ingest -c assay.yaml " + option + file);
    }

    private static void take(IngestTally tally, List<String> words, String where, Intake intake) {
        if (intake instanceof Intake.Judged judged) {
            tally.admitted(judged.judgment());
            tally.remarked(judged.remarks());
            if (words.size() < IN_WORDS) {
                words.add(InWords.of(judged));
            }
        } else if (intake instanceof Intake.Withdrawn) {
            tally.withdrawn();
        } else if (intake instanceof Intake.Ignored ignored) {
            tally.ignored(where, ignored.why());
        } else if (intake instanceof Intake.NotUnderstood not) {
            tally.refused(where, "NOT_UNDERSTOOD", not.why());
        } else {
            tally.refused(where, "NOT_A_JUDGMENT", "it erases or withdraws by a platform's id");
        }
    }
}
