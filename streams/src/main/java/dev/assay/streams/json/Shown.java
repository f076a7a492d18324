package dev.assay.streams.json;

import org.jspecify.annotations.Nullable;

/** Somebody's data as a piece of a message. */
public final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    /** @return at most 80 characters without control characters, so that nobody's data can flood or forge a log line */
    public static String of(@Nullable Object value) {
        String text = String.valueOf(value);
        if (text.length() > LONGEST) {
            int end = LONGEST - 1;
            text = text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
        }
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
