package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.assay.service.http.Doc;
import dev.assay.streams.model.Judgment;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the fields of a neutral judgment are called, in snake case: for the document, and for who misspells one. */
@Doc(
        name = "Judgment",
        value = "Exactly one of preference and ranking.",
        eitherOf = {"preference", "ranking"},
        camelCaseToo = true)
public abstract class NeutralFields {
    @Doc(value = "Identity within the annotator.", longest = Judgment.LONGEST_ID, required = true)
    @JsonProperty
    String judgmentId = "";

    @Doc(value = "Who judged; none: the judgment is its own cluster.", longest = Judgment.LONGEST_ID)
    @JsonProperty
    String annotatorId = "";

    @Doc(value = "The prompt.", longest = Judgment.LONGEST_ID, required = true)
    @JsonProperty
    String promptId = "";

    @Doc(minItems = 2, maxItems = Neutral.MOST_RESPONSES, required = true)
    @JsonProperty
    List<Response> responses = List.of();

    @Doc(
            value = "Of two responses.",
            of = {"FIRST", "SECOND", "TIE"})
    @JsonProperty
    String preference = "";

    @Doc(value = "A rank for each response, 1 the best, equal ones a tie.", eachMin = 1)
    @JsonProperty
    List<Integer> ranking = List.of();

    @Doc("What is known of annotator, task and moment: texts, numbers, true and false.")
    @JsonProperty
    Map<String, Object> context = Map.of();

    @Doc(min = 0, max = 16777216, unless = "1")
    @JsonProperty
    double weight;

    @Doc(value = "Name or id of the features' space; none: the deployment's.", longest = Judgment.LONGEST_ID)
    @JsonProperty
    String featureSpace = "";

    @JsonProperty
    Instant judgedAt = Instant.EPOCH;

    @Doc(value = "The sitting.", longest = Judgment.LONGEST_ID)
    @JsonProperty
    String session = "";

    @Doc(value = "Index of the response shown first.", min = 0)
    @JsonProperty
    int shownFirst;

    @Doc(value = "Platform or file; none: that of the token.", longest = Judgment.LONGEST_ID)
    @JsonProperty
    String source = "";

    /** The same of a response. */
    @Doc(name = "JudgedResponse", camelCaseToo = true)
    public abstract static class Response {
        @Doc(value = "Identity.", longest = Judgment.LONGEST_ID, required = true)
        @JsonProperty
        String responseId = "";

        @Doc(value = "Where it came from.", longest = Judgment.LONGEST_ID)
        @JsonProperty
        String policy = "";

        @JsonProperty
        String text = "";

        @JsonProperty
        double[] features = {};
    }

    /** @return by every name under which a field may come, its name; the other is how it was called before */
    static Map<String, String> names(Class<?> fields) {
        Map<String, String> names = new TreeMap<>();
        for (Field field : fields.getDeclaredFields()) {
            if (!field.isSynthetic()) {
                String name = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field.getName());
                names.put(name, name);
                names.put(field.getName(), name);
            }
        }
        return names;
    }
}
