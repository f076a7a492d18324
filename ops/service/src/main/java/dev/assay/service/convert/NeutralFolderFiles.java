package dev.assay.service.convert;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.service.convert.SeenContents.Seen;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.NeutralFolder;
import dev.assay.service.topics.AtomicFile;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link NeutralFolder}: every response once, and every prompt that came with words. A response whose id stands already with
 * another text, policy or vector gets an ending that its content makes, since a folder knows a response by prompt and id.
 */
final class NeutralFolderFiles implements ConvertedFiles {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<List<Integer>, String> PREFERENCES =
            Map.of(List.of(1, 2), "FIRST", List.of(2, 1), "SECOND", List.of(1, 1), "TIE");
    private static final List<String> NAMES = List.of("responses", "prompts", "judgments");

    private final Path folder;
    private final boolean ownFolder;
    private final Consumer<String> remark;
    private final List<AtomicFile> files = new ArrayList<>(); // as their names
    private final SeenContents responses = new SeenContents();
    private final SeenContents policies = new SeenContents();
    private final SeenContents prompts = new SeenContents();
    private boolean committed;

    /** @param remark hears what was written otherwise than it came */
    NeutralFolderFiles(Path folder, Consumer<String> remark) throws IOException {
        this.folder = folder;
        this.remark = remark;
        ownFolder = !Files.isDirectory(folder);
        Files.createDirectories(folder);
        for (String name : NAMES) {
            files.add(new AtomicFile("OUT", folder.resolve(name + ".jsonl")));
        }
    }

    /** @return a file of such a folder that is there already; null: there is none */
    static @Nullable Path standing(Path folder) {
        return NAMES.stream()
                .map(name -> NeutralFolder.find(folder, name))
                .filter(file -> file != null)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Optional<String> take(Intake.Judged judged) throws IOException {
        Judgment judgment = judged.judgment();
        List<String> ids = new ArrayList<>();
        for (JudgedResponse response : judgment.responses()) {
            ids.add(response(judgment.promptId(), response));
        }
        if (judged.prompt() == null) {
            remark.accept("judgments whose prompt came without words: prompt_id alone");
        } else {
            prompt(judgment.promptId(), judged.prompt());
        }
        files.get(2).line(JsonText.of(line(judgment, ids)));
        return Optional.empty();
    }

    /** @return the id it stands under */
    private String response(String promptId, JudgedResponse given) throws IOException {
        String id = given.responseId();
        long name = SeenContents.hash(promptId, id);
        String vector = Arrays.toString(given.features());
        Seen content = responses.see(name, SeenContents.hash(given.text(), vector));
        Seen policy = policies.see(name, SeenContents.hash(given.policy()));
        if (content == Seen.OTHERWISE || (policy == Seen.OTHERWISE && given.policy() != null)) {
            remark.accept("responses whose id stands with another text, policy or vector: id with an ending");
            long all = SeenContents.hash(given.policy(), given.text(), vector);
            id += "~" + Long.toHexString(all);
            content = responses.see(SeenContents.hash(promptId, id), all);
        } else if (policy == Seen.OTHERWISE) {
            remark.accept("responses without a policy whose id stands with one: with that policy");
        }
        if (content == Seen.NEW) {
            ObjectNode line = NODES.objectNode().put("response_id", id).put("prompt_id", promptId);
            JudgmentRows.put(line, "policy", given.policy());
            JudgmentRows.put(line, "text", given.text());
            JudgmentRows.vector(line, "features", given.features());
            files.get(0).line(JsonText.of(line));
        }
        return id;
    }

    private void prompt(String promptId, String words) throws IOException {
        Seen seen = prompts.see(SeenContents.hash(promptId), SeenContents.hash(words));
        if (seen == Seen.NEW) {
            files.get(1)
                    .line(JsonText.of(
                            NODES.objectNode().put("prompt_id", promptId).put("prompt", words)));
        } else if (seen == Seen.OTHERWISE) {
            remark.accept("judgments whose prompt stands with other words: those that came first");
        }
    }

    private static ObjectNode line(Judgment judgment, List<String> ids) {
        Occasion occasion = judgment.occasion();
        ObjectNode line = NODES.objectNode().put("judgment_id", judgment.judgmentId());
        JudgmentRows.put(line, "annotator_id", judgment.annotatorId());
        line.put("prompt_id", judgment.promptId());
        String preference = PREFERENCES.get(judgment.ranking());
        if (preference != null) {
            line.put("first", ids.get(0)).put("second", ids.get(1)).put("preference", preference);
        } else {
            ids.forEach(line.putArray("responses")::add);
            judgment.ranking().forEach(line.putArray("ranking")::add);
        }
        Integer shown = occasion.shownFirst();
        if (shown != null && preference != null) {
            line.put("shown_first", shown == 0 ? "FIRST" : "SECOND");
        } else if (shown != null) {
            line.put("shown_first", shown);
        }
        if (!occasion.context().isEmpty()) {
            line.set("context", JudgmentRows.context(occasion.context()));
        }
        if (judgment.weight() != 1) {
            line.put("weight", judgment.weight());
        }
        JudgmentRows.put(line, "judged_at", JudgmentRows.time(occasion));
        JudgmentRows.put(line, "session", occasion.session());
        JudgmentRows.put(line, "source", occasion.source());
        JudgmentRows.put(line, "feature_space", judgment.featureSpace());
        return line;
    }

    @Override
    public String written() {
        return responses.size() + " responses, " + prompts.size() + " prompts";
    }

    /** The judgments last: without them it is no folder. A packed file would be read in place of the one written here. */
    @Override
    public void commit() throws IOException {
        for (String name : NAMES) {
            Files.deleteIfExists(folder.resolve(name + ".jsonl.gz"));
            Files.deleteIfExists(folder.resolve(name + ".jsonl.zst"));
        }
        for (AtomicFile file : files) {
            file.commit();
        }
        committed = true;
    }

    @Override
    public void close() throws IOException {
        for (AtomicFile file : files) {
            file.close();
        }
        if (ownFolder && !committed) {
            Files.deleteIfExists(folder);
        }
    }
}
