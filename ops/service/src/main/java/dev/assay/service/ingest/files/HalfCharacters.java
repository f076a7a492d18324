package dev.assay.service.ingest.files;

/** Surrogates without the other: bytes that an encoding does not have, as {@link TextReader} hands them on, or what was escaped. */
public final class HalfCharacters {
    private HalfCharacters() {}

    /** @return whether a text has half of a character, which can be written nowhere */
    public static boolean in(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
