package dev.assay.streams.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * Thrown where a record turns out to be inadmissible, deep inside an encoder; the stage turns it into a value at once. It
 * carries no stack trace: bad data is expected, may come at line rate, and its message already names field, bound and value.
 */
public final class Refusal extends Exception {
    /** Longest piece of somebody's data that goes into a message, in characters. */
    private static final int LONGEST_VALUE = 80;

    private final RefusalReason reason;

    private Refusal(RefusalReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /**
     * @param format a {@link java.util.Formatter} text that names field and bound; locale independent
     * @param args numbers stay as they are; all else becomes text of at most 80 characters without control characters, so
     *     that nobody's data can flood or forge a log line
     */
    public static Refusal because(RefusalReason reason, String format, Object... args) {
        Object[] shown = Arrays.stream(args)
                .map(arg -> arg instanceof Number ? arg : shorten(arg))
                .toArray();
        return new Refusal(reason, String.format(Locale.ROOT, format, shown));
    }

    /** @param message whose values are short already, with nobody's data in it unless bounded; control characters go */
    public static Refusal saying(RefusalReason reason, String message) {
        return new Refusal(reason, printable(message));
    }

    public RefusalReason reason() {
        return reason;
    }

    private static String shorten(Object value) {
        String text = String.valueOf(value);
        if (text.length() > LONGEST_VALUE) {
            int end = LONGEST_VALUE - 1;
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--; // Half a character would not survive UTF-8.
            }
            text = text.substring(0, end) + "…";
        }
        return printable(text);
    }

    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
