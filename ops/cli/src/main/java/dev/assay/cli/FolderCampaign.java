package dev.assay.cli;

import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.adapt.Judgment;
import dev.assay.streams.adapt.NeutralFormat;
import dev.assay.streams.adapt.NeutralFormat.StoredResponse;
import dev.assay.streams.adapt.ScoreRequest;
import dev.assay.streams.admit.FeatureSpace;
import dev.assay.streams.admit.TextFeatureSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A demo on real judgments: a folder in the neutral format. */
final class FolderCampaign {
    private static final int COMPONENTS = 64;
    private static final int PROMPTS = 3;
    private static final int MAX_CANDIDATES = 64;

    private FolderCampaign() {}

    /**
     * Reads a folder, fits its feature space and writes the deployment's files.
     *
     * @param folder in the neutral format
     * @param work where the config and the feature space go
     * @param bootstrapServers of the broker
     */
    static DemoCampaign read(Path folder, Path work, String bootstrapServers)
            throws IOException, NeutralFormat.FormatException {
        Map<String, StoredResponse> responses = NeutralFormat.responses(folder);
        List<Judgment> judgments = new ArrayList<>();
        NeutralFormat.judgments(folder, responses, judgments::add);
        List<String> texts = texts(responses);
        TextFeatureSpace space = TextFeatureSpace.fit("text", texts, Math.min(COMPONENTS, texts.size() - 1));
        space.save(work.resolve("text.features"));
        Path config = work.resolve("assay.yaml");
        Files.writeString(
                config, yaml(String.valueOf(folder.toAbsolutePath().getFileName()), judgments, bootstrapServers));
        ServiceConfig service = ServiceConfig.read(config);
        FeatureSpace opened = service.features().open(work);
        return new DemoCampaign(
                judgments.size() + " judgments of " + folder,
                config,
                new Deployment(service, opened),
                judgments.stream().filter(j -> !HeldOutPairs.contains(j)).toList(),
                judgments.stream().filter(HeldOutPairs::contains).toList(),
                prompts(NeutralFormat.prompts(folder), responses),
                null,
                opened.names().indexOf("log_words"));
    }

    private static List<String> texts(Map<String, StoredResponse> responses) {
        List<String> texts = new ArrayList<>();
        for (StoredResponse response : responses.values()) {
            String text = response.text();
            if (text == null) {
                throw new InvalidInputException(
                        "the demo makes features of texts; response " + response.responseId() + " has none");
            }
            texts.add(text);
        }
        return texts;
    }

    private static String yaml(String name, List<Judgment> judgments, String bootstrapServers) {
        String model = name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        return """
                model: %s
                kafka:
                  bootstrap.servers: %s
                topics:
                  shards: 4
                context:
                  offset: 1.0
                  attributes:%s
                features:
                  kind: text
                  name: text
                  file: text.features
                rerun:
                  interval: PT1S
                  minimum-judgments: %d
                """.formatted(model, bootstrapServers, attributes(judgments), Math.min(2_000, judgments.size() / 2));
    }

    /** The attributes the demo knows, as far as the folder has them. */
    private static String attributes(List<Judgment> judgments) {
        List<String> lines = new ArrayList<>();
        Set<String> stances = new TreeSet<>(values(judgments, "stance"));
        if (stances.remove("unstated") && !stances.isEmpty()) {
            String levels = stances.stream().map(FolderCampaign::quoted).collect(Collectors.joining(", "));
            lines.add("{name: stance, kind: categorical, reference: unstated, levels: [" + levels + "]}");
        }
        if (has(judgments, "experience")) {
            lines.add("{name: experience, kind: numeric, transform: log1p, scale: 5, cap: 2, centre: 0.5}");
        }
        if (has(judgments, "session_seconds")) {
            lines.add("{name: session_seconds, kind: numeric, transform: log1p, centre: 5}");
        }
        return lines.isEmpty()
                ? " []"
                : lines.stream().map(line -> "\n    - " + line).collect(Collectors.joining());
    }

    /** Within single quotes YAML escapes nothing but the quote, by doubling it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static Set<String> values(List<Judgment> judgments, String attribute) {
        return judgments.stream()
                .map(judgment -> judgment.context().get(attribute))
                .filter(value -> value instanceof String)
                .map(String::valueOf)
                .collect(Collectors.toSet());
    }

    private static boolean has(List<Judgment> judgments, String attribute) {
        return judgments.stream().anyMatch(judgment -> judgment.context().containsKey(attribute));
    }

    /** The prompts with most candidates: there a choice is hardest. */
    private static List<DemoCampaign.Prompt> prompts(
            Map<String, String> prompts, Map<String, StoredResponse> responses) {
        Map<String, List<StoredResponse>> byPrompt =
                responses.values().stream().collect(Collectors.groupingBy(StoredResponse::promptId));
        return byPrompt.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, List<StoredResponse>>>comparingInt(
                                entry -> -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(PROMPTS)
                .map(entry -> new DemoCampaign.Prompt(
                        prompts.getOrDefault(entry.getKey(), entry.getKey()),
                        entry.getValue().stream()
                                .limit(MAX_CANDIDATES)
                                .map(r -> new ScoreRequest.Candidate(r.responseId(), r.text(), null))
                                .toList()))
                .toList();
    }
}
