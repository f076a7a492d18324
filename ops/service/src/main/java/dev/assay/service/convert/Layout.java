package dev.assay.service.convert;

import dev.assay.service.topics.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What judgments are made into. */
public enum Layout {
    /** A folder in the neutral format. */
    NEUTRAL,
    /** Rows of JSON as TRL reads them. */
    TRL,
    /** A table, whose cells tabs part if its name ends in {@code .tsv}, else commas. */
    CSV;

    /** @throws InvalidInputException if the name does not say */
    public static Layout of(Path out) {
        String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl")) {
            return TRL;
        }
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return CSV;
        }
        if (Files.isDirectory(out) || name.indexOf('.') < 1) {
            return NEUTRAL;
        }
        throw new InvalidInputException(
                "OUT must end in .jsonl, .csv or .tsv or be a folder, or --to must say what it is, was " + out);
    }

    /**
     * @param replacing whether what stands there may go
     * @param remark hears what was written otherwise than it came, the same words for all of a kind
     * @throws InvalidInputException if something stands there that may not go
     */
    public ConvertedFiles open(Path out, boolean replacing, Consumer<String> remark) throws IOException {
        Path standing = standing(out);
        InvalidInputException.require(
                replacing || standing == null, "OUT must be new, or --force given; there is " + standing);
        return switch (this) {
            case NEUTRAL -> new NeutralFolderFiles(out, remark);
            case TRL -> RowFile.lines(out, remark);
            case CSV -> RowFile.table(out, String.valueOf(out.getFileName()).endsWith(".tsv") ? '\t' : ',', remark);
        };
    }

    private @Nullable Path standing(Path out) {
        boolean folder = Files.isDirectory(out);
        InvalidInputException.require(
                !Files.exists(out) || folder == (this == NEUTRAL),
                "OUT must be " + (this == NEUTRAL ? "a folder" : "a file") + ", was " + out);
        return folder ? NeutralFolderFiles.standing(out) : Files.exists(out) ? out : null;
    }
}
