package dev.assay.cli.fit;

import dev.assay.streams.features.CategoricalAttribute;
import dev.assay.streams.features.ContextAttribute;
import dev.assay.streams.features.ContextSpec;
import dev.assay.streams.features.NumericAttribute;
import dev.assay.streams.features.Transform;
import dev.assay.streams.model.Judgment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The context spec of a folder that comes without a config: the attributes we know, as far as the folder has them. */
public final class FolderContext {
    private FolderContext() {}

    public static ContextSpec of(List<Judgment> judgments) {
        List<ContextAttribute> attributes = new ArrayList<>();
        Set<String> stances = new TreeSet<>(values(judgments, "stance"));
        if (stances.remove("unstated") && !stances.isEmpty()) {
            attributes.add(new CategoricalAttribute("stance", "unstated", List.copyOf(stances)));
        }
        if (has(judgments, "experience")) {
            attributes.add(new NumericAttribute("experience", Transform.LOG1P, 5, 2.0, 0.5));
        }
        if (has(judgments, "session_seconds")) {
            attributes.add(new NumericAttribute("session_seconds", Transform.LOG1P, 1, null, 5));
        }
        return new ContextSpec(1, attributes);
    }

    private static Set<String> values(List<Judgment> judgments, String attribute) {
        return judgments.stream()
                .map(judgment -> judgment.occasion().context().get(attribute))
                .filter(value -> value instanceof String)
                .map(String::valueOf)
                .collect(Collectors.toSet());
    }

    private static boolean has(List<Judgment> judgments, String attribute) {
        return judgments.stream()
                .anyMatch(judgment -> judgment.occasion().context().containsKey(attribute));
    }
}
