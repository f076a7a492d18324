package dev.assay.cli.fit;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of an option by their labels. */
abstract class Words<E> implements ITypeConverter<E>, Iterable<String> {
    private final List<E> values;
    private final Function<E, String> label;

    Words(List<E> values, Function<E, String> label) {
        this.values = values;
        this.label = label;
    }

    @Override
    public E convert(String text) {
        return values.stream()
                .filter(value -> label.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "must be one of " + String.join(", ", this) + ", was " + ComparisonsFile.shown(text)));
    }

    /** For completion, and {@code ${COMPLETION-CANDIDATES}} in help. */
    @Override
    public Iterator<String> iterator() {
        return values.stream().map(label).iterator();
    }
}
