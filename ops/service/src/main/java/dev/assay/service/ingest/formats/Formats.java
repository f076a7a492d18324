package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The formats and the platforms there are: the one place that lists them. */
public final class Formats {
    /** Of files; the more telling ones first, since items are recognised in this order. */
    public static final List<Format> ALL = Stream.of(
                    List.of(
                            Neutral.FORMAT,
                            Converted.FORMAT,
                            LabelStudio.FORMAT,
                            Argilla.FORMAT,
                            PrismUtterances.FORMAT),
                    List.of(MultiPref.FORMAT, HelpSteer3.FORMAT, OasstTree.FORMAT, MtBench.FORMAT, PkuSafeRlhf.FORMAT),
                    KnownShapes.TELLING,
                    List.of(LmArena.FORMAT, UltraFeedback.FORMAT, TrlRows.FORMAT),
                    KnownShapes.LATER,
                    List.of(NoPairs.FORMAT))
            .flatMap(List::stream)
            .toList();

    /** Whose payloads the gateway takes. */
    public static final List<Webhook> WEBHOOKS = List.of(LabelStudio.WEBHOOK, Argilla.WEBHOOK, Prolific.WEBHOOK);

    private Formats() {}

    /** @return the names of all formats of files */
    public static List<String> names() {
        return ALL.stream().map(Format::name).toList();
    }

    /** @return the format of that name */
    public static Optional<Format> called(String name) {
        return first(format -> format.name().equals(name));
    }

    /** @return the format an item seems to have */
    public static Optional<Format> of(JsonNode item) {
        return first(format -> item.isObject() && format.recognises().test(item));
    }

    private static Optional<Format> first(Predicate<Format> wanted) {
        return ALL.stream().filter(wanted).findFirst();
    }

    /** @return the platform of that name */
    public static Optional<Webhook> webhook(String name) {
        return WEBHOOKS.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
