package dev.assay.lab.simulate;

import dev.assay.cli.demo.DemoCampaign;
import dev.assay.cli.demo.FolderCampaign;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Comparison;
import dev.assay.service.ingest.JudgedData;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.admit.Admit;
import dev.assay.streams.features.RememberedFeatures;
import dev.assay.streams.model.ComparedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.wire.JudgmentCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A folder in the neutral format as a study wants it: encoded exactly as the demo's stream encodes it. */
public final class JudgedFolder {
    private final Map<String, Integer> prompts = new LinkedHashMap<>();
    private final List<List<Vector>> candidates = new ArrayList<>();
    private final Map<String, Integer> responses = new HashMap<>(); // number within its prompt
    private final Map<String, Integer> annotators = new HashMap<>();
    private final List<JudgedPrompts.Vote> votes = new ArrayList<>();

    private JudgedFolder() {}

    /**
     * Every judgment that would be admitted, and every response that was judged.
     *
     * @param work for the files of the feature space, which may go when this is done
     */
    public static JudgedPrompts read(Path folder, Path work) throws IOException {
        DemoCampaign campaign = FolderCampaign.of(
                JudgedData.whole(folder), List.of(folder), work, "localhost:9092", false); // nobody connects
        var deployment = campaign.deployment();
        Admit admit = new Admit(
                deployment.contextSpec(),
                new RememberedFeatures(deployment.featureSpace(), RememberedFeatures.USUAL_CAPACITY));
        JudgmentCodec codec = new JudgmentCodec();
        JudgedFolder read = new JudgedFolder();
        List<Judgment> judgments = new ArrayList<>(campaign.training());
        judgments.addAll(campaign.heldOut());
        for (Judgment judgment : judgments) {
            if (admit.admit(codec.encode(judgment)) instanceof Admission.Admitted admitted) {
                read.add(judgment, admitted.comparison());
            }
        }
        return new JudgedPrompts(
                String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                read.candidates,
                read.votes,
                campaign.lengthFeature());
    }

    private void add(Judgment judgment, dev.assay.streams.model.StoredComparison admitted) {
        if (!admitted.isPair()) {
            throw new InvalidInputException("this study is of pairs, judgment " + judgment.judgmentId() + " ranks "
                    + admitted.responses().size() + " responses");
        }
        int prompt = prompts.computeIfAbsent(judgment.promptId(), unseen -> {
            candidates.add(new ArrayList<>());
            return prompts.size();
        });
        int first = candidate(prompt, admitted.responses().get(0));
        int second = candidate(prompt, admitted.responses().get(1));
        String annotator = judgment.annotatorId() == null ? "of " + judgment.judgmentId() : judgment.annotatorId();
        int number = annotators.computeIfAbsent(annotator, unseen -> annotators.size());
        votes.add(new JudgedPrompts.Vote(
                number,
                prompt,
                first,
                second,
                new Comparison(
                        admitted.context().offset(),
                        Vector.ofFloats(admitted.context().features()),
                        Vector.ofFloats(admitted.difference()),
                        admitted.preference(),
                        admitted.weight())));
    }

    private int candidate(int prompt, ComparedResponse response) {
        return responses.computeIfAbsent(prompt + " " + response.responseId(), unseen -> {
            candidates.get(prompt).add(Vector.ofFloats(response.features()));
            return candidates.get(prompt).size() - 1;
        });
    }
}
