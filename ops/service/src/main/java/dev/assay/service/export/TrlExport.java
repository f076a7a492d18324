package dev.assay.service.export;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.service.ingest.files.JsonLines;
import dev.assay.service.topics.AtomicFile;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.Deployment;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.wire.JudgmentCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Preference rows as TRL reads them. Texts are on the topic of judgments alone, which is gone through twice: first to find
 * which record has the texts of which pair, the last one winning, then to write each row as its record comes by. So no text
 * is held in memory.
 */
public final class TrlExport {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Source WRITTEN = new Source(-1, -1);

    private final Deployment deployment;
    private final boolean idsForTexts;
    private final StandingPairs standing;
    private final Map<ComparisonKey, Source> sources = new HashMap<>();
    private final JudgmentCodec judgments;
    private @Nullable Map<String, String> prompts;
    private long rows;
    private long rowsOfIds;
    private long written;
    private long rankings;
    private long rowsOfRankings;
    private long zeroWeight;

    /** Where a pair's texts are. */
    private record Source(int partition, long offset) {}

    /**
     * @param snapshot whose rationality weighs the rows
     * @param idsForTexts whether ids stand in for texts that are gone
     */
    public TrlExport(Deployment deployment, ParameterSnapshot snapshot, boolean idsForTexts) {
        this.deployment = deployment;
        this.idsForTexts = idsForTexts;
        judgments = new JudgmentCodec(deployment.wire());
        standing = new StandingPairs(snapshot, deployment.wire());
    }

    /**
     * @param out where to write
     * @param promptFile texts of prompts; null: the ids stand for them
     */
    public ExportCounts write(Path out, @Nullable Path promptFile) throws IOException {
        try (AtomicFile file = new AtomicFile(out)) {
            read(deployment.topics().comparisons().name(), record -> standing.take(record.key(), record.value()));
            if (promptFile != null) {
                prompts = prompts(
                        promptFile,
                        standing.entries().values().stream()
                                .map(StandingPairs.Entry::promptId)
                                .collect(Collectors.toSet()));
            }
            String topic = deployment.topics().judgments().name();
            read(
                    topic,
                    record -> judgment(record)
                            .filter(this::hasTexts)
                            .ifPresent(judgment ->
                                    sources.put(judgment.key(), new Source(record.partition(), record.offset()))));
            read(
                    topic,
                    record -> judgment(record)
                            .filter(isSource(record))
                            .ifPresent(judgment -> writeTexts(file, judgment)));
            if (idsForTexts) {
                writeIds(file);
            }
            ExportCounts counts = new ExportCounts(
                    standing.entries().size(),
                    new ExportCounts.Rows(rows, rowsOfIds, rowsOfRankings, zeroWeight),
                    standing.count(StandingPairs.Kind.TIE),
                    rankings,
                    standing.count(StandingPairs.Kind.OTHER_CONTEXT),
                    standing.count(StandingPairs.Kind.PAIR) - written);
            file.commit();
            return counts;
        }
    }

    /** Texts of prompts, from lines {@code {"prompt_id": …, "prompt": …}}. */
    private static Map<String, String> prompts(Path file, Set<String> wanted) {
        Map<String, String> texts = new HashMap<>();
        try {
            JsonLines.read(file, line -> {
                String id = line.at("prompt_id").text();
                String text = line.at("prompt").text();
                if (wanted.contains(id)) {
                    texts.put(id, text);
                }
            });
        } catch (IOException e) {
            throw new InvalidInputException("--prompts must be a file that can be read, was " + file + ": " + e);
        }
        return texts;
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        Clients.read(deployment, topic, each);
    }

    /** Garbage is on the dead-letter topic already and no concern of ours; so are retractions, whose tombstones count. */
    private Optional<Judgment> judgment(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() != null && judgments.decode(record.value()) instanceof Judgment judgment
                    ? Optional.of(judgment)
                    : Optional.empty();
        } catch (UndecodableException e) {
            return Optional.empty();
        }
    }

    /** Of the pair as it stands: an edit that was refused shows other responses, or none of a text. */
    private boolean hasTexts(Judgment judgment) {
        StandingPairs.Entry pair = standing.entries().get(judgment.key());
        return pair != null
                && pair.kind() == StandingPairs.Kind.PAIR
                && judgment.promptId().equals(pair.promptId())
                && textOf(judgment, pair.chosenId()) != null
                && pair.rejectedIds().stream().allMatch(id -> textOf(judgment, id) != null)
                && promptText(pair.promptId()) != null;
    }

    private Predicate<Judgment> isSource(ConsumerRecord<byte[], byte[]> record) {
        return judgment -> new Source(record.partition(), record.offset()).equals(sources.get(judgment.key()));
    }

    private static @Nullable String textOf(Judgment judgment, String responseId) {
        for (JudgedResponse response : judgment.responses()) {
            if (response.responseId().equals(responseId)) {
                return response.text();
            }
        }
        return null;
    }

    private @Nullable String promptText(String promptId) {
        return prompts == null ? promptId : prompts.get(promptId);
    }

    private void writeTexts(AtomicFile file, Judgment judgment) {
        ComparisonKey key = judgment.key();
        StandingPairs.Entry pair = standing.entries().get(key);
        String chosen = pair == null ? null : textOf(judgment, pair.chosenId());
        String prompt = pair == null ? null : promptText(pair.promptId());
        if (pair == null || chosen == null || prompt == null) {
            throw new IllegalStateException("the pass before found texts for judgment " + key.getJudgmentId());
        }
        for (String rejectedId : pair.rejectedIds()) {
            String rejected = textOf(judgment, rejectedId);
            if (rejected == null) {
                throw new IllegalStateException("the pass before found texts for judgment " + key.getJudgmentId());
            }
            write(file, key, pair, prompt, chosen, rejected);
        }
        count(pair);
        sources.put(key, WRITTEN);
    }

    private void writeIds(AtomicFile file) {
        standing.entries().forEach((key, pair) -> {
            if (pair.kind() == StandingPairs.Kind.PAIR && !WRITTEN.equals(sources.get(key))) {
                String prompt = promptText(pair.promptId());
                for (String rejectedId : pair.rejectedIds()) {
                    write(file, key, pair, prompt == null ? pair.promptId() : prompt, pair.chosenId(), rejectedId);
                    rowsOfIds++;
                }
                count(pair);
            }
        });
    }

    private void count(StandingPairs.Entry pair) {
        written++;
        if (pair.rejectedIds().size() > 1) {
            rankings++;
            rowsOfRankings += pair.rejectedIds().size();
        }
    }

    private void write(
            AtomicFile file,
            ComparisonKey key,
            StandingPairs.Entry pair,
            String prompt,
            String chosen,
            String rejected) {
        ObjectNode row = JSON.createObjectNode()
                .put("prompt", prompt)
                .put("chosen", chosen)
                .put("rejected", rejected)
                .put("weight", pair.weight())
                .put("judgment_id", key.getJudgmentId());
        try {
            file.line(JSON.writeValueAsString(row));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the export: " + e, e);
        }
        rows++;
        if (pair.weight() == 0) {
            zeroWeight++;
        }
    }
}
