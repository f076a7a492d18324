package dev.assay.cli.fit;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Constants of an enum as words of the command line: {@code ALTERNATING_GRADIENT} is {@code alternating-gradient}. */
abstract class HyphenatedWords<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
    private final List<E> constants;

    HyphenatedWords(E[] constants) {
        this.constants = Arrays.asList(constants);
    }

    @Override
    public E convert(String text) {
        return constants.stream()
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "must be one of " + String.join(", ", this) + ", was " + ComparisonsFile.shown(text)));
    }

    /** For completion, and {@code ${COMPLETION-CANDIDATES}} in help. */
    @Override
    public Iterator<String> iterator() {
        return constants.stream().map(HyphenatedWords::word).iterator();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
