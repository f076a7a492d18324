package dev.assay.service.ingest;

import dev.assay.service.ingest.files.FileNames;
import dev.assay.service.ingest.formats.NeutralFolder;
import dev.assay.service.ingest.formats.NeutralFolder.StoredResponse;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that files of judgments hold, in memory, for who needs it at once.
 *
 * @param judgments in their order
 * @param responses each once; of a folder all it has, judged or not
 * @param prompts words of prompts by id, of those that came with any
 * @param tally what became of the items
 */
public record JudgedData(
        List<Judgment> judgments,
        Collection<StoredResponse> responses,
        Map<String, String> prompts,
        IngestTally tally) {
    /** What tells two responses apart. */
    private record Key(String promptId, String responseId) {}

    /** @param refused hears of what is not understood */
    public static JudgedData read(List<Path> files, IngestSource.Reading reading, IngestSink.Refused refused)
            throws IOException {
        JudgmentFiles read = new JudgmentFiles(refused);
        List<Judgment> judgments = new ArrayList<>();
        Map<Key, StoredResponse> responses = new LinkedHashMap<>();
        Map<String, String> prompts = new LinkedHashMap<>();
        for (Path file : FileNames.of(files)) {
            if (Files.isDirectory(file)) {
                NeutralFolder.responses(file).values().forEach(stored -> add(responses, stored));
                prompts.putAll(NeutralFolder.prompts(file));
            }
            read.read(file, reading, (where, judged) -> {
                judgments.add(judged.judgment());
                add(responses, judged.judgment());
                if (judged.prompt() != null) {
                    prompts.putIfAbsent(judged.judgment().promptId(), judged.prompt());
                }
                return true;
            });
        }
        return new JudgedData(judgments, responses.values(), prompts, read.tally());
    }

    /** @throws InvalidInputException if anything of it is not understood */
    public static JudgedData whole(Path file) throws IOException {
        return read(List.of(file), IngestSource.Reading.USUAL, (where, reason, message, key) -> {
            throw new InvalidInputException(where + ": " + message);
        });
    }

    /** @return the responses of a folder, which need not be judged, or those judged in a file */
    public static Collection<StoredResponse> responses(Path file, IngestSink.Refused refused) throws IOException {
        return Files.isDirectory(file)
                ? NeutralFolder.responses(file).values()
                : read(List.of(file), IngestSource.Reading.USUAL, refused).responses();
    }

    private static void add(Map<Key, StoredResponse> responses, StoredResponse response) {
        responses.putIfAbsent(new Key(response.promptId(), response.responseId()), response);
    }

    private static void add(Map<Key, StoredResponse> responses, Judgment judgment) {
        for (JudgedResponse response : judgment.responses()) {
            add(
                    responses,
                    new StoredResponse(
                            response.responseId(),
                            judgment.promptId(),
                            response.policy(),
                            response.text(),
                            response.features()));
        }
    }
}
