package dev.assay.service.serve.dropin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.estimator.inference.Interval;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.Request;
import dev.assay.streams.features.SentResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Rewards without a model: the reward of a text is the number it ends with, of a vector its first; intervals are ± 1. */
final class Asking implements Rewarding {
    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> fields = new ArrayList<>();
    final List<SentResponse> asked = new ArrayList<>();
    private final ToDoubleFunction<Interval> choice;

    Asking(ToDoubleFunction<Interval> choice) {
        this.choice = choice;
    }

    static Asking mean() {
        return new Asking(Interval::estimate);
    }

    static Asking lower() {
        return new Asking(Interval::lower);
    }

    @Override
    public Rewards of(String field, List<SentResponse> responses) {
        fields.add(field);
        asked.addAll(responses);
        List<Interval> intervals = responses.stream()
                .map(response -> Interval.around(reward(response), 0.5, 2))
                .toList();
        return new Rewards("example", new Rewards.Origin(7, "space", "model", 2), intervals, choice);
    }

    private static double reward(SentResponse response) {
        String text = response.text();
        return text == null
                ? Objects.requireNonNull(response.vector())[0]
                : Double.parseDouble(text.substring(text.lastIndexOf(' ') + 1));
    }

    List<String> texts() {
        return asked.stream().map(response -> String.valueOf(response.text())).toList();
    }

    /** @return a request's JSON, with ' for " */
    static <T> T read(Class<T> type, String json) {
        return Request.json(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), type);
    }

    /** @return what goes out, as a client reads it */
    static JsonNode written(Object answer) {
        try {
            return JSON.readTree(new HttpAnswer(200, answer).json());
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return JSON, with ' for " */
    static JsonNode json(String json) {
        return read(JsonNode.class, json);
    }
}
