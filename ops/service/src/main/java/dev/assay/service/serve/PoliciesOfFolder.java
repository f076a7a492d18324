package dev.assay.service.serve;

import dev.assay.estimator.algebra.Vector;
import dev.assay.service.ingest.IngestSink;
import dev.assay.service.ingest.JudgedData;
import dev.assay.service.ingest.formats.NeutralFolder.StoredResponse;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.model.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The policies of a folder in the neutral format, or of a file of judgments, on the prompts that all of them answered. Where there are fewer than two such
 * prompts, the policies with the fewest answers are left out until there are.
 */
public final class PoliciesOfFolder {
    private static final int FEWEST_PROMPTS = 2;

    /** Policy to prompt to features of its responses to it. */
    private final Map<String, Map<String, List<Vector>>> answers = new LinkedHashMap<>();

    private final List<String> leftOut = new ArrayList<>();

    private PoliciesOfFolder() {}

    /**
     * What there is to rank.
     *
     * @param responses of the policies kept
     * @param leftOut policies without enough prompts in common
     */
    public record Found(PolicyResponses responses, List<String> leftOut) {}

    /**
     * @param refused hears of what is not understood
     * @throws InvalidInputException naming what cannot be used
     */
    public static Found read(Path file, FeatureSpace space, IngestSink.Refused refused) throws IOException {
        Collection<StoredResponse> responses;
        try {
            responses = JudgedData.responses(file, refused);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("--responses " + file + ": " + e.getMessage());
        }
        return of(file, responses, space);
    }

    /**
     * @param file whose they are
     * @throws InvalidInputException naming what cannot be used
     */
    public static Found of(Path file, Collection<StoredResponse> responses, FeatureSpace space) {
        PoliciesOfFolder found = new PoliciesOfFolder();
        try {
            for (StoredResponse response : responses) {
                if (response.policy() != null) {
                    found.add(response.policy(), response, space);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("--responses " + file + ": " + e.getMessage());
        }
        return found.inCommon(file);
    }

    private void add(String policy, StoredResponse response, FeatureSpace space) {
        try {
            Vector features = Vector.ofFloats(space.features(null, response.features(), response.text()));
            answers.computeIfAbsent(policy, unseen -> new LinkedHashMap<>())
                    .computeIfAbsent(response.promptId(), unseen -> new ArrayList<>())
                    .add(features);
        } catch (Refusal e) {
            throw new IllegalArgumentException("response " + response.responseId() + ": " + e.getMessage(), e);
        }
    }

    private Found inCommon(Path file) {
        Set<String> prompts = commonPrompts();
        while (answers.size() > 2 && prompts.size() < FEWEST_PROMPTS) {
            String fewest = answers.entrySet().stream()
                    .min(Comparator.comparingInt(policy -> policy.getValue().size()))
                    .orElseThrow()
                    .getKey();
            answers.remove(fewest);
            leftOut.add(fewest);
            prompts = commonPrompts();
        }
        if (answers.size() < 2 || prompts.size() < FEWEST_PROMPTS) {
            throw new InvalidInputException("--responses " + file
                    + " must have at least 2 policies that answered the same 2 prompts, has none");
        }
        List<List<Vector>> features = new ArrayList<>();
        for (Map<String, List<Vector>> policy : answers.values()) {
            features.add(prompts.stream()
                    .map(policy::get)
                    .map(PoliciesOfFolder::mean)
                    .toList());
        }
        return new Found(new PolicyResponses(List.copyOf(answers.keySet()), features), leftOut);
    }

    private Set<String> commonPrompts() {
        Set<String> common = new LinkedHashSet<>();
        answers.values().stream().findFirst().ifPresent(first -> common.addAll(first.keySet()));
        answers.values().forEach(policy -> common.retainAll(policy.keySet()));
        return common;
    }

    private static Vector mean(List<Vector> features) {
        return features.stream().reduce(Vector::plus).orElseThrow().times(1.0 / features.size());
    }
}
