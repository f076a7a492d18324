package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.assay.service.http.Doc;
import dev.assay.service.http.Route;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Our own format, one JSON object a judgment with its responses inside; also what the gateway accepts. A member it does not
 * know is refused by name, because a misspelt {@code weigth} would otherwise count as none.
 */
public final class NeutralJson implements Items {
    /** Most responses of one judgment. */
    static final int MOST_RESPONSES = 64;

    private static final double LARGEST_WEIGHT = 1 << 24;
    private static final Map<String, String> MEMBERS = members(Fields.class);
    private static final Map<String, String> RESPONSE_MEMBERS = members(ResponseFields.class);
    private static final Map<String, String> BEFORE = before();

    private final String source;

    /** What a judgment's fields are called, in snake case: for the document, and for who misspells one. */
    @Doc(
            name = "Judgment",
            value = "Exactly one of preference and ranking.",
            eitherOf = {"preference", "ranking"})
    public abstract static class Fields {
        @Doc(value = "Identity within the annotator.", longest = Route.LONGEST_ID, required = true)
        @JsonProperty
        String judgmentId = "";

        @Doc(value = "Who judged; none: the judgment is its own cluster.", longest = Route.LONGEST_ID)
        @JsonProperty
        String annotatorId = "";

        @Doc(value = "The prompt.", longest = Route.LONGEST_ID, required = true)
        @JsonProperty
        String promptId = "";

        @Doc(minItems = 2, maxItems = MOST_RESPONSES, required = true)
        @JsonProperty
        List<ResponseFields> responses = List.of();

        @Doc(
                value = "Of two responses.",
                of = {"FIRST", "SECOND", "TIE"})
        @JsonProperty
        String preference = "";

        @Doc(value = "A rank for each response, 1 the best, equal ones a tie.")
        @JsonProperty
        List<Integer> ranking = List.of();

        @Doc("What is known of annotator, task and moment: texts, numbers, true and false.")
        @JsonProperty
        Map<String, Object> context = Map.of();

        @Doc(min = 0, max = 16777216, unless = "1")
        @JsonProperty
        double weight;

        @Doc(value = "Name or id of the features' space; none: the deployment's.", longest = Route.LONGEST_ID)
        @JsonProperty
        String featureSpace = "";

        @JsonProperty
        Instant judgedAt = Instant.EPOCH;

        @Doc(value = "The sitting.", longest = Route.LONGEST_ID)
        @JsonProperty
        String session = "";

        @Doc(value = "Index of the response shown first.", min = 0)
        @JsonProperty
        int shownFirst;

        @Doc(value = "Platform or file; none: that of the token.", longest = Route.LONGEST_ID)
        @JsonProperty
        String source = "";
    }

    /** The same of a response. */
    @Doc(name = "JudgedResponse")
    public abstract static class ResponseFields {
        @Doc(value = "Identity.", longest = Route.LONGEST_ID, required = true)
        @JsonProperty
        String responseId = "";

        @Doc(value = "Where it came from.", longest = Route.LONGEST_ID)
        @JsonProperty
        String policy = "";

        @JsonProperty
        String text = "";

        @JsonProperty
        double[] features = {};
    }

    /** @return by every name under which a field may come, its name; the other is how it was called before */
    private static Map<String, String> members(Class<?> fields) {
        Map<String, String> members = new TreeMap<>();
        for (Field field : fields.getDeclaredFields()) {
            if (!field.isSynthetic()) {
                String name = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(field.getName());
                members.put(name, name);
                members.put(field.getName(), name);
            }
        }
        return members;
    }

    private static Map<String, String> before() {
        Map<String, String> before = new HashMap<>();
        for (Map<String, String> members : List.of(MEMBERS, RESPONSE_MEMBERS)) {
            members.forEach((name, now) -> {
                if (!name.equals(now)) {
                    before.put(now, name);
                }
            });
        }
        return before;
    }

    /** A field under its name, or as it was called before: {@code judgmentId}, which is deprecated. */
    private static JsonPlace at(JsonPlace object, String name) {
        JsonPlace named = object.at(name);
        String before = BEFORE.get(name);
        if (named.present() || before == null) {
            return named;
        }
        JsonPlace there = object.at(before);
        return there.present() ? there : named;
    }

    /** @param source what a judgment's source is where it names none */
    public NeutralJson(String source) {
        this.source = source;
    }

    @Override
    public List<Intake> read(JsonNode item) {
        return Items.attempt(item, whole -> List.of(new Intake.Judged(judgment(whole))));
    }

    private Judgment judgment(JsonPlace item) throws JsonRefusal {
        requireKnown(item, MEMBERS);
        List<JudgedResponse> responses = responses(at(item, "responses"));
        Map<String, Object> context = new LinkedHashMap<>();
        JsonPlace given = at(item, "context");
        if (given.present()) {
            for (String name : given.names()) {
                given.at(name).intoContext(name, context);
            }
        }
        String named = bounded(at(item, "source"), at(item, "source").optionalText());
        return new Judgment(
                identity(at(item, "judgment_id")),
                at(item, "annotator_id").present() ? identity(at(item, "annotator_id")) : null,
                identity(at(item, "prompt_id")),
                responses,
                ranking(item, responses.size()),
                weight(at(item, "weight")),
                bounded(at(item, "feature_space"), at(item, "feature_space").optionalText()),
                new Occasion(
                        context,
                        at(item, "judged_at").optionalTime(),
                        bounded(at(item, "session"), at(item, "session").optionalText()),
                        shownFirst(at(item, "shown_first"), responses.size()),
                        named == null ? source : named));
    }

    private static void requireKnown(JsonPlace object, Map<String, String> known) throws JsonRefusal {
        for (String name : object.names()) {
            String now = known.get(name);
            if (now == null) {
                throw new JsonRefusal(Shown.of(object.at(name).path()) + " is not a field of a judgment; known are "
                        + new TreeSet<>(known.values()));
            }
            if (!name.equals(now) && object.at(now).present()) {
                throw object.at(name).must("not be given beside " + now);
            }
        }
    }

    private static List<JudgedResponse> responses(JsonPlace given) throws JsonRefusal {
        List<JsonPlace> each = given.list();
        if (each.size() < 2 || each.size() > MOST_RESPONSES) {
            throw new JsonRefusal("responses must be 2 to " + MOST_RESPONSES + ", were " + each.size());
        }
        List<JudgedResponse> responses = new ArrayList<>(each.size());
        Set<String> ids = new HashSet<>();
        for (JsonPlace one : each) {
            requireKnown(one.object(), RESPONSE_MEMBERS);
            String id = identity(at(one, "response_id"));
            if (!ids.add(id)) {
                throw at(one, "response_id").must("differ from those before it");
            }
            responses.add(new JudgedResponse(
                    id,
                    bounded(at(one, "policy"), at(one, "policy").optionalText()),
                    at(one, "text").optionalText(),
                    at(one, "features").optionalVector()));
        }
        return responses;
    }

    private static List<Integer> ranking(JsonPlace item, int count) throws JsonRefusal {
        JsonPlace preference = at(item, "preference");
        JsonPlace given = at(item, "ranking");
        if (preference.present() == given.present()) {
            throw new JsonRefusal("a judgment must have either preference or ranking, has "
                    + (preference.present() ? "both" : "neither"));
        }
        if (preference.present()) {
            return preferred(preference, count);
        }
        List<JsonPlace> each = given.list();
        if (each.size() != count) {
            throw new JsonRefusal(
                    "ranking must have a rank for each of the " + count + " responses, has " + each.size());
        }
        List<Integer> ranks = new ArrayList<>(count);
        for (JsonPlace rank : each) {
            ranks.add(rank.whole(1, count));
        }
        if (!ranks.contains(1)) {
            throw given.must("give some response the rank 1");
        }
        return ranks;
    }

    private static List<Integer> preferred(JsonPlace preference, int count) throws JsonRefusal {
        if (count != 2) {
            throw new JsonRefusal("preference is for 2 responses, there are " + count + ": give their ranking");
        }
        return switch (preference.text()) {
            case "FIRST" -> Ranks.FIRST;
            case "SECOND" -> Ranks.SECOND;
            case "TIE" -> Ranks.TIE;
            default -> throw preference.must("be FIRST, SECOND or TIE");
        };
    }

    private static double weight(JsonPlace weight) throws JsonRefusal {
        if (!weight.present()) {
            return 1;
        }
        double given = weight.number();
        if (given < 0 || given > LARGEST_WEIGHT) {
            throw weight.must("be 0 to " + (long) LARGEST_WEIGHT);
        }
        return given;
    }

    private static @Nullable Integer shownFirst(JsonPlace shown, int count) throws JsonRefusal {
        return shown.present() ? shown.whole(0, count - 1) : null;
    }

    private static String identity(JsonPlace field) throws JsonRefusal {
        String id = field.text();
        if (id.isBlank()) {
            throw field.must("not be blank");
        }
        return requireBounded(field, id);
    }

    private static @Nullable String bounded(JsonPlace field, @Nullable String text) throws JsonRefusal {
        return text == null ? null : requireBounded(field, text);
    }

    private static String requireBounded(JsonPlace field, String text) throws JsonRefusal {
        if (text.length() > Route.LONGEST_ID) {
            throw new JsonRefusal(
                    field.path() + " must have at most " + Route.LONGEST_ID + " characters, has " + text.length());
        }
        return text;
    }
}
