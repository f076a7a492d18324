package dev.assay.cli.demo;

import dev.assay.cli.fit.FolderContext;
import dev.assay.cli.fit.FolderFeatures;
import dev.assay.cli.fit.PositionOption;
import dev.assay.estimator.algebra.Vector;
import dev.assay.service.ingest.JudgedData;
import dev.assay.service.ingest.formats.NeutralFolder.StoredResponse;
import dev.assay.service.serve.PoliciesOfFolder;
import dev.assay.service.serve.PolicyResponses;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.TextFeatureSpace;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.ScoreRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A demo on real judgments: those of files. */
public final class FolderCampaign {
    private static final int PROMPTS = 3;
    private static final int MAX_CANDIDATES = 64;

    private FolderCampaign() {}

    /**
     * Fits the feature space of what was read and writes the deployment's files.
     *
     * @param data what was read
     * @param files from where
     * @param work where the config and the feature space go
     * @param bootstrapServers of the broker
     * @param position whether the response shown first gets a feature of its own
     */
    public static DemoCampaign of(
            JudgedData data, List<Path> files, Path work, String bootstrapServers, boolean position)
            throws IOException {
        List<Judgment> judgments = data.judgments();
        Collection<StoredResponse> responses = data.responses();
        if (position) {
            PositionOption.require(judgments);
        }
        TextFeatureSpace space = FolderFeatures.ofTexts(responses);
        space.save(work.resolve("text.features"));
        Path config = work.resolve("assay.yaml");
        Files.writeString(config, yaml(model(files.get(0)), judgments, bootstrapServers, position));
        ServiceConfig service = ServiceConfig.read(config);
        FeatureSpace opened = service.features().open(work);
        return new DemoCampaign(
                judgments.size() + " judgments of "
                        + files.stream().map(Path::toString).collect(Collectors.joining(", ")),
                config,
                new Deployment(service, opened),
                DemoCampaign.Judgments.split(judgments),
                prompts(data.prompts(), responses),
                policies(files.get(0), responses, opened),
                null,
                opened.names().indexOf("log_words"));
    }

    /** The policies there are; where no two of them answered the same prompts, two rules to choose a response by. */
    private static @Nullable PolicyResponses policies(
            Path file, Collection<StoredResponse> responses, FeatureSpace space) {
        try {
            return PoliciesOfFolder.of(file, responses, space).responses();
        } catch (InvalidInputException e) {
            return lengths(responses, space);
        }
    }

    /** Always the longest response to a prompt, and always the shortest; null without two prompts that have both. */
    private static @Nullable PolicyResponses lengths(Collection<StoredResponse> responses, FeatureSpace space) {
        Comparator<StoredResponse> byLength = Comparator.<StoredResponse>comparingInt(
                        one -> String.valueOf(one.text()).length())
                .thenComparing(StoredResponse::responseId);
        List<List<StoredResponse>> prompts = responses.stream()
                .collect(Collectors.groupingBy(StoredResponse::promptId, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(answers -> answers.size() > 1)
                .toList();
        if (prompts.size() < 2) {
            return null;
        }
        try {
            List<Vector> longest = new ArrayList<>();
            List<Vector> shortest = new ArrayList<>();
            for (List<StoredResponse> answers : prompts) {
                longest.add(features(Collections.max(answers, byLength), space));
                shortest.add(features(Collections.min(answers, byLength), space));
            }
            return new PolicyResponses(
                    List.of("the longest response", "the shortest response"), List.of(longest, shortest));
        } catch (Refusal e) {
            return null;
        }
    }

    private static Vector features(StoredResponse response, FeatureSpace space) throws Refusal {
        return Vector.ofFloats(space.features(null, response.features(), response.text()));
    }

    private static String model(Path file) {
        String name = String.valueOf(file.toAbsolutePath().normalize().getFileName());
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    }

    private static String yaml(String model, List<Judgment> judgments, String bootstrapServers, boolean position) {
        ServiceConfig rest = ServiceConfig.parse(
                """
                model: %s
                kafka:
                  bootstrap.servers: %s
                topics:
                  shards: 4
                features:
                  kind: text
                  name: text
                  file: text.features
                  position: %s
                rerun:
                  interval: PT1S
                  minimum-judgments: %d
                """.formatted(model, bootstrapServers, position, Math.min(2_000, judgments.size() / 2)), Map.of());
        return new ServiceConfig(
                        rest.model(),
                        rest.cluster(),
                        FolderContext.of(judgments),
                        rest.features(),
                        rest.estimate(),
                        rest.score(),
                        rest.servers(),
                        rest.threads())
                .toYaml();
    }

    /** The prompts with most candidates: there a choice is hardest. */
    private static List<DemoCampaign.Prompt> prompts(
            Map<String, String> prompts, Collection<StoredResponse> responses) {
        Map<String, List<StoredResponse>> byPrompt =
                responses.stream().collect(Collectors.groupingBy(StoredResponse::promptId));
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
