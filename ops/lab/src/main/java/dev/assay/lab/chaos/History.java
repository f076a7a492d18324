package dev.assay.lab.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.ScoreRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What the world said and the brokers acknowledged, one JSON line each, in the world's words: for a checker that shares no
 * code with the service. Lines of one key are in the order in which they count. Used by one thread.
 */
final class History implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedWriter lines;

    History(Path file) throws IOException {
        lines = Files.newBufferedWriter(file);
    }

    /** Takes what is said of a record when it is acknowledged. */
    OrderedSending.Acknowledgement noting(Map<String, Object> said) {
        return (where, sends) -> write(said, where, sends);
    }

    static Map<String, Object> words(JudgmentMessage message) {
        Map<String, Object> said = said(message instanceof Judgment ? "judgment" : "retraction");
        said.put("judgment", message.judgmentId());
        said.put("annotator", message.annotatorId());
        if (message instanceof Judgment judgment) {
            said.put(
                    "features",
                    judgment.responses().stream().map(JudgedResponse::features).toList());
            said.put("ranking", judgment.ranking());
            said.put("weight", judgment.weight());
            said.put("context", judgment.occasion().context());
        }
        return said;
    }

    static Map<String, Object> words(Command command) {
        boolean erases = command instanceof Command.EraseAnnotator;
        Map<String, Object> said = said(erases ? "erasure" : "rerun");
        said.put("command", command.commandId());
        if (command instanceof Command.EraseAnnotator erase) {
            said.put("annotator", erase.annotatorId());
        }
        return said;
    }

    static Map<String, Object> malformed(int number) {
        Map<String, Object> said = said("malformed");
        said.put("number", number);
        return said;
    }

    /** @param owed whether a worker that reads on from where the last one stopped must answer it */
    static Map<String, Object> words(ScoreRequest request, boolean owed) {
        Map<String, Object> said = said("score");
        said.put("request", request.requestId());
        said.put(
                "features",
                request.candidates().stream()
                        .map(ScoreRequest.Candidate::features)
                        .toList());
        said.put("level", request.level());
        said.put("quantile", request.quantile());
        said.put("covariance", request.covariance().name());
        said.put("centre", request.centre().name());
        said.put("owed", owed);
        return said;
    }

    private static Map<String, Object> said(String what) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("what", what);
        return said;
    }

    private void write(Map<String, Object> said, RecordMetadata where, int sends) {
        said.put("partition", where.partition());
        said.put("offset", where.offset());
        said.put("sends", sends);
        try {
            lines.write(JSON.writeValueAsString(said));
            lines.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written", e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written", e);
        }
    }
}
