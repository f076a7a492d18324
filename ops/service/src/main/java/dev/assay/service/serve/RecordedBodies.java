package dev.assay.service.serve;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.serve.desk.RequestBody;
import dev.assay.service.serve.desk.RequestOptions;
import dev.assay.service.serve.desk.ResponseBody;
import dev.assay.service.topics.InvalidInputException;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.features.SentResponse;
import dev.assay.streams.model.Decision;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.ScoreBatch;
import dev.assay.streams.model.ScoreMessage;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.ScoreProcessor;
import dev.assay.streams.wire.ScoreRequestCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests as somebody recorded them, found by the hash a decision names: one a line, a body of HTTP as it was sent, a record
 * of Kafka as {@code {"base64": "…"}}. Held in memory.
 */
public final class RecordedBodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FeatureSpace featureSpace;
    private final ScoreRequestCodec requests;
    private final Map<String, byte[]> bodies = new HashMap<>();

    /**
     * @param featureSpace makes features of what was recorded
     * @param wire of the topic of requests
     */
    public RecordedBodies(FeatureSpace featureSpace, WireFormat wire) {
        requests = new ScoreRequestCodec(wire);
        this.featureSpace = featureSpace;
    }

    /** @throws InvalidInputException naming file, line and what is wrong with it */
    public void read(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    byte[] body = body(line, file + " line " + number);
                    bodies.put(DecisionMaker.hash(body), body);
                }
            }
        } catch (IOException e) {
            throw new InvalidInputException("--requests " + file + " cannot be read: " + e);
        }
    }

    private static byte[] body(String line, String where) throws IOException {
        if (!line.startsWith("{\"base64\"")) {
            return line.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(JSON.readTree(line).path("base64").asText());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(where + ": base64 must be base64: " + e.getMessage());
        }
    }

    /** @return φ of the decision's candidates; empty if the request was not recorded, or cannot be read */
    public Optional<List<float[]>> features(Decision decision) {
        byte[] body = bodies.get(decision.origin().requestHash());
        if (body == null || !decision.basis().featureSpace().equals(featureSpace.id())) {
            return Optional.empty();
        }
        try {
            return decision.origin().kind().equals(ScoreProcessor.KIND)
                    ? ofKafka(body, decision.origin().position())
                    : ofHttp(decision.origin().path(), body);
        } catch (UndecodableException | Refusal e) {
            return Optional.empty();
        }
    }

    private Optional<List<float[]>> ofKafka(byte[] body, int position) throws UndecodableException, Refusal {
        ScoreMessage message = requests.decode(body);
        List<ScoreRequest> asked =
                message instanceof ScoreBatch batch ? batch.requests() : List.of((ScoreRequest) message);
        if (position < 0 || position >= asked.size()) {
            return Optional.empty();
        }
        ScoreRequest request = asked.get(position);
        return Optional.of(featureSpace.features(
                request.featureSpace(),
                request.candidates().stream()
                        .map(candidate -> new SentResponse(candidate.features(), candidate.text()))
                        .toList()));
    }

    private Optional<List<float[]>> ofHttp(String path, byte[] body) throws Refusal {
        try {
            if (path.equals(ScoreRoute.PATH)) {
                ScoreRoute.Body asked = RequestBody.read(body, ScoreRoute.Body.class);
                return ofHttp(asked, asked.responses);
            }
            if (path.equals(BestOfNRoute.PATH)) {
                BestOfNRoute.Body asked = RequestBody.read(body, BestOfNRoute.Body.class);
                return ofHttp(asked, asked.candidates);
            }
            return Optional.empty();
        } catch (HttpProblem e) {
            return Optional.empty();
        }
    }

    private Optional<List<float[]>> ofHttp(RequestOptions asked, @Nullable List<@Nullable ResponseBody> responses)
            throws Refusal {
        List<SentResponse> sent = new ArrayList<>();
        for (ResponseBody response : responses == null ? List.<@Nullable ResponseBody>of() : responses) {
            if (response == null) {
                return Optional.empty();
            }
            sent.add(new SentResponse(response.floats(), response.text()));
        }
        return sent.isEmpty() ? Optional.empty() : Optional.of(featureSpace.features(asked.featureSpace, sent));
    }
}
