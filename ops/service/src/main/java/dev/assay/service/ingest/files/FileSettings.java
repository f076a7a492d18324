package dev.assay.service.ingest.files;

import dev.assay.service.topics.InvalidInputException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/**
 * How files are written where they do not show it themselves.
 *
 * @param encoding null: UTF-8, or UTF-16 where its bytes say so
 * @param delimiter between the cells of a table; null: the one its first rows show
 * @param decimalComma whether a cell such as 4,1 is a number; null: in columns that hold nothing else
 */
public record FileSettings(
        @Nullable Charset encoding,
        @Nullable Character delimiter,
        @Nullable Boolean decimalComma) {
    public static final FileSettings FOUND = new FileSettings(null, null, null);

    /**
     * @param encoding such as {@code latin1}; null: found
     * @param delimiter one character, or {@code tab}; null: found
     * @throws InvalidInputException naming option, bound and value
     */
    public static FileSettings of(
            @Nullable String encoding, @Nullable String delimiter, @Nullable Boolean decimalComma) {
        return new FileSettings(
                encoding == null ? null : charset(encoding),
                delimiter == null ? null : character(delimiter),
                decimalComma);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new InvalidInputException(
                    "--encoding must be one that Java knows, such as UTF-8, latin1 or windows-1252, was " + name);
        }
    }

    private static char character(String delimiter) {
        if (delimiter.equals("tab") || delimiter.equals("\\t")) {
            return '\t';
        }
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
            throw new InvalidInputException("--delimiter must be one character or tab, was \"" + delimiter + "\"");
        }
        return delimiter.charAt(0);
    }
}
