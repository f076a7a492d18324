package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Our own format, one JSON object a judgment: with its responses inside, as the gateway takes it too, or naming those of a
 * {@link NeutralFolder}. Where it stands alone, all is looked at at once: a member it does not know is refused by name, because
 * a misspelt {@code weigth} would otherwise count as none. Of a folder, bounds are left to admission.
 */
public final class Neutral implements Items {
    /** Most responses of one judgment. */
    static final int MOST_RESPONSES = 64;

    static final Format FORMAT =
            new Format("neutral", Neutral::recognises, (settings, source) -> new Neutral(source), false);

    private static final double LARGEST_WEIGHT = 1 << 24;
    private static final Map<String, String> FIELDS = NeutralFields.names(NeutralFields.class);
    private static final Map<String, String> FOLDER_FIELDS = folderFields();
    private static final Map<String, String> RESPONSE_FIELDS = NeutralFields.names(NeutralFields.Response.class);
    private static final Map<String, String> DEPRECATED = deprecated();

    private final String source;
    private final @Nullable FolderResponses folder;

    /** @param source what a judgment's source is where it names none */
    public Neutral(String source) {
        this(source, null);
    }

    /** @param folder its responses by id, which judgments name; null: they have them inside */
    Neutral(String source, @Nullable FolderResponses folder) {
        this.source = source;
        this.folder = folder;
    }

    private static boolean recognises(JsonNode item) {
        return (item.has("judgment_id") || item.has("judgmentId")) && item.has("responses");
    }

    @Override
    public List<Intake> read(JsonPlace item) throws JsonRefusal {
        return List.of(new Intake.Judged(judgment(item)));
    }

    Judgment judgment(JsonPlace item) throws JsonRefusal {
        requireKnown(item, folder == null ? FIELDS : FOLDER_FIELDS);
        String judgmentId = identity(member(item, "judgment_id"));
        String promptId = identity(member(item, "prompt_id"));
        List<JudgedResponse> responses =
                folder == null ? responses(item.at("responses")) : named(item, promptId, folder);
        String named = name(item.at("source"));
        JudgmentBuilder builder = new JudgmentBuilder(named == null ? source : named, judgmentId, promptId)
                .by(annotator(member(item, "annotator_id")))
                .weighing(weight(item.at("weight")))
                .featuresOf(name(member(item, "feature_space")))
                .at(member(item, "judged_at").optionalTime())
                .inSession(name(item.at("session")))
                .shownFirst(shownFirst(member(item, "shown_first"), pairOf(item), responses));
        responses.forEach(builder::response);
        JsonPlace context = item.at("context");
        if (context.present()) {
            builder.contextOf(context, context.names());
        }
        return builder.judgment(ranking(item, responses.size()));
    }

    /** @return those of a folder's judgment, which may name two responses instead of having them */
    private static Map<String, String> folderFields() {
        Map<String, String> fields = new HashMap<>(FIELDS);
        fields.put("first", "first");
        fields.put("second", "second");
        return fields;
    }

    /** @return by name the one in camelCase that a field had before; deprecated, and read for ever */
    private static Map<String, String> deprecated() {
        Map<String, String> deprecated = new HashMap<>(FIELDS);
        deprecated.putAll(RESPONSE_FIELDS);
        Map<String, String> byName = new HashMap<>();
        deprecated.forEach((old, name) -> {
            if (!old.equals(name)) {
                byName.put(name, old);
            }
        });
        return byName;
    }

    /** @return the member of that name, or of its deprecated one */
    private static JsonPlace member(JsonPlace item, String name) throws JsonRefusal {
        String old = DEPRECATED.get(name);
        if (old == null || !item.at(old).present()) {
            return item.at(name);
        }
        JsonPlace deprecated = item.at(old);
        if (item.at(name).present()) {
            throw deprecated.must("not be given beside " + name);
        }
        return deprecated;
    }

    private static void requireKnown(JsonPlace object, Map<String, String> known) throws JsonRefusal {
        for (String name : object.names()) {
            if (!known.containsKey(name)) {
                throw new JsonRefusal(Shown.of(object.at(name).path()) + " is not a field of a judgment; known are "
                        + new TreeSet<>(known.values()));
            }
        }
    }

    private List<JudgedResponse> responses(JsonPlace given) throws JsonRefusal {
        List<JsonPlace> each = given.list();
        if (each.size() < 2 || each.size() > MOST_RESPONSES) {
            throw new JsonRefusal("responses must be 2 to " + MOST_RESPONSES + ", were " + each.size());
        }
        List<JudgedResponse> responses = new ArrayList<>(each.size());
        Set<String> ids = new HashSet<>();
        for (JsonPlace one : each) {
            requireKnown(one, RESPONSE_FIELDS);
            JsonPlace id = member(one, "response_id");
            if (!ids.add(identity(id))) {
                throw id.must("differ from those before it");
            }
            responses.add(new JudgedResponse(
                    id.text(),
                    name(one.at("policy")),
                    one.at("text").optionalText(),
                    one.at("features").optionalVector()));
        }
        return responses;
    }

    /** A folder's judgment names two, {@code first} and {@code second}, or several, {@code responses}. */
    private static boolean pairOf(JsonPlace item) {
        return !item.at("responses").present();
    }

    private static List<JudgedResponse> named(JsonPlace item, String promptId, FolderResponses folder)
            throws JsonRefusal {
        List<JsonPlace> ids = pairOf(item)
                ? List.of(item.at("first"), item.at("second"))
                : item.at("responses").list();
        if (!pairOf(item)) {
            for (String field : List.of("first", "second", "preference")) {
                if (item.at(field).present()) {
                    throw item.at(field).must("not stand beside responses and ranking");
                }
            }
        }
        List<JudgedResponse> responses = new ArrayList<>(ids.size());
        for (JsonPlace id : ids) {
            responses.add(folder.named(id, promptId));
        }
        return responses;
    }

    private List<Integer> ranking(JsonPlace item, int count) throws JsonRefusal {
        JsonPlace preference = item.at("preference");
        JsonPlace given = item.at("ranking");
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
            ranks.add(folder == null ? rank.whole(1, count) : rank.whole(Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        if (folder == null && !ranks.contains(1)) {
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

    private double weight(JsonPlace weight) throws JsonRefusal {
        double given = weight.present() ? weight.number() : 1;
        if (folder == null && (given < 0 || given > LARGEST_WEIGHT)) {
            throw weight.must("be 0 to " + (long) LARGEST_WEIGHT);
        }
        return given;
    }

    /** An index from 0; of a folder also FIRST or SECOND of a pair, or the id of one of several. */
    private @Nullable Integer shownFirst(JsonPlace shown, boolean pair, List<JudgedResponse> responses)
            throws JsonRefusal {
        JsonNode value = shown.value();
        if (value == null) {
            return null;
        }
        int last = responses.size() - 1;
        if (folder == null) {
            return shown.whole(0, last);
        }
        for (int i = 0; i <= last; i++) {
            String said = pair ? i == 0 ? "FIRST" : "SECOND" : responses.get(i).responseId();
            if (value.isTextual() ? value.textValue().equals(said) : !pair && value.isInt() && value.intValue() == i) {
                return i;
            }
        }
        throw shown.must(pair ? "be FIRST or SECOND" : "be one of the responses, or an index from 0 to " + last);
    }

    private String identity(JsonPlace place) throws JsonRefusal {
        String id = folder == null ? place.text() : place.id();
        if (folder == null && id.isBlank()) {
            throw place.must("not be blank");
        }
        return bounded(place, id);
    }

    private @Nullable String annotator(JsonPlace place) throws JsonRefusal {
        return folder == null && place.present() ? identity(place) : name(place);
    }

    /** Of a folder also a number or the like, as it is written. */
    private @Nullable String name(JsonPlace place) throws JsonRefusal {
        if (place.value() == null) {
            return null;
        }
        return folder == null ? bounded(place, place.text()) : place.value().asText();
    }

    private String bounded(JsonPlace place, String text) throws JsonRefusal {
        if (folder == null && text.length() > Judgment.LONGEST_ID) {
            throw new JsonRefusal(
                    place.path() + " must have at most " + Judgment.LONGEST_ID + " characters, has " + text.length());
        }
        return text;
    }
}
