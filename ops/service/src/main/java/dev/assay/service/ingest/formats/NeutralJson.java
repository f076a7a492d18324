package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Our own format, one JSON object a judgment with its responses inside; also what the gateway accepts. A member it does not
 * know is refused by name, because a misspelt {@code weigth} would otherwise count as none.
 */
public final class NeutralJson implements Items {
    /** Most responses of one judgment. */
    static final int MOST_RESPONSES = 64;

    private static final int LONGEST_ID = 512;
    private static final double LARGEST_WEIGHT = 1 << 24;
    private static final Set<String> MEMBERS = Set.of(
            "judgmentId",
            "annotatorId",
            "promptId",
            "responses",
            "preference",
            "ranking",
            "context",
            "weight",
            "featureSpace",
            "judgedAt",
            "session",
            "shownFirst",
            "source");
    private static final Set<String> RESPONSE_MEMBERS = Set.of("responseId", "policy", "text", "features");

    private final String source;

    /** @param source what a judgment's source is where it names none */
    public NeutralJson(String source) {
        this.source = source;
    }

    @Override
    public List<Intake> read(JsonNode item) {
        return Items.attempt(item, whole -> List.of(new Intake.Judged(judgment(whole))));
    }

    private Judgment judgment(Field item) throws Misfit {
        requireKnown(item, MEMBERS);
        List<JudgedResponse> responses = responses(item.at("responses"));
        Map<String, Object> context = new LinkedHashMap<>();
        Field given = item.at("context");
        if (given.present()) {
            for (String name : given.names()) {
                given.at(name).intoContext(name, context);
            }
        }
        String named = bounded(item.at("source"), item.at("source").optionalText());
        return new Judgment(
                identity(item.at("judgmentId")),
                item.at("annotatorId").present() ? identity(item.at("annotatorId")) : null,
                identity(item.at("promptId")),
                responses,
                ranking(item, responses.size()),
                weight(item.at("weight")),
                bounded(item.at("featureSpace"), item.at("featureSpace").optionalText()),
                new Occasion(
                        context,
                        item.at("judgedAt").optionalTime(),
                        bounded(item.at("session"), item.at("session").optionalText()),
                        shownFirst(item.at("shownFirst"), responses.size()),
                        named == null ? source : named));
    }

    private static void requireKnown(Field object, Set<String> known) throws Misfit {
        for (String name : object.names()) {
            if (!known.contains(name)) {
                throw new Misfit(Shown.of(object.at(name).path()) + " is not a field of a judgment; known are "
                        + known.stream().sorted().toList());
            }
        }
    }

    private static List<JudgedResponse> responses(Field given) throws Misfit {
        List<Field> each = given.list();
        if (each.size() < 2 || each.size() > MOST_RESPONSES) {
            throw new Misfit("responses must be 2 to " + MOST_RESPONSES + ", were " + each.size());
        }
        List<JudgedResponse> responses = new ArrayList<>(each.size());
        Set<String> ids = new HashSet<>();
        for (Field one : each) {
            requireKnown(one.object(), RESPONSE_MEMBERS);
            String id = identity(one.at("responseId"));
            if (!ids.add(id)) {
                throw one.at("responseId").must("differ from those before it");
            }
            responses.add(new JudgedResponse(
                    id,
                    bounded(one.at("policy"), one.at("policy").optionalText()),
                    one.at("text").optionalText(),
                    one.at("features").optionalVector()));
        }
        return responses;
    }

    private static List<Integer> ranking(Field item, int count) throws Misfit {
        Field preference = item.at("preference");
        Field given = item.at("ranking");
        if (preference.present() == given.present()) {
            throw new Misfit("a judgment must have either preference or ranking, has "
                    + (preference.present() ? "both" : "neither"));
        }
        if (preference.present()) {
            return preferred(preference, count);
        }
        List<Field> each = given.list();
        if (each.size() != count) {
            throw new Misfit("ranking must have a rank for each of the " + count + " responses, has " + each.size());
        }
        List<Integer> ranks = new ArrayList<>(count);
        for (Field rank : each) {
            ranks.add(rank.whole(1, count));
        }
        if (!ranks.contains(1)) {
            throw given.must("give some response the rank 1");
        }
        return ranks;
    }

    private static List<Integer> preferred(Field preference, int count) throws Misfit {
        if (count != 2) {
            throw new Misfit("preference is for 2 responses, there are " + count + ": give their ranking");
        }
        return switch (preference.text()) {
            case "FIRST" -> Ranks.FIRST;
            case "SECOND" -> Ranks.SECOND;
            case "TIE" -> Ranks.TIE;
            default -> throw preference.must("be FIRST, SECOND or TIE");
        };
    }

    private static double weight(Field weight) throws Misfit {
        if (!weight.present()) {
            return 1;
        }
        double given = weight.number();
        if (given < 0 || given > LARGEST_WEIGHT) {
            throw weight.must("be 0 to " + (long) LARGEST_WEIGHT);
        }
        return given;
    }

    private static @Nullable Integer shownFirst(Field shown, int count) throws Misfit {
        return shown.present() ? shown.whole(0, count - 1) : null;
    }

    private static String identity(Field field) throws Misfit {
        String id = field.text();
        if (id.isBlank()) {
            throw field.must("not be blank");
        }
        return requireBounded(field, id);
    }

    private static @Nullable String bounded(Field field, @Nullable String text) throws Misfit {
        return text == null ? null : requireBounded(field, text);
    }

    private static String requireBounded(Field field, String text) throws Misfit {
        if (text.length() > LONGEST_ID) {
            throw new Misfit(field.path() + " must have at most " + LONGEST_ID + " characters, has " + text.length());
        }
        return text;
    }
}
