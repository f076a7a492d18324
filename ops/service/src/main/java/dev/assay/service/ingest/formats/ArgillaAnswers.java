package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's answers to an Argilla record's questions as a preference among its fields.
 *
 * @param settings how the dataset writes it
 * @param fields the record's fields
 */
record ArgillaAnswers(ArgillaSettings settings, JsonPlace fields) {
    /**
     * @param responses record fields, in the order shown
     * @param ranking their ranks
     */
    record Preference(List<String> responses, List<Integer> ranking) {}

    /** @param values question to {@code {"value": …}} */
    Preference preference(JsonPlace values) throws JsonRefusal {
        Preference only = null;
        JsonPlace about = values;
        for (String question : values.names()) {
            if (settings.question != null && !settings.question.equals(question)) {
                continue;
            }
            JsonPlace answer = values.at(question).at("value");
            Preference found = answer.value() == null
                    ? null
                    : answer.value().isArray() ? ranked(answer) : answer.value().isTextual() ? labelled(answer) : null;
            if (found != null && only != null) {
                throw new JsonRefusal("values must hold one preference, " + Shown.of(about.path()) + " and "
                        + Shown.of(answer.path()) + " both are: set argilla.question");
            }
            only = found == null ? only : found;
            about = found == null ? about : answer;
        }
        return only == null ? rated(values) : only;
    }

    private @Nullable Preference ranked(JsonPlace answer) throws JsonRefusal {
        if (answer.list().isEmpty()
                || !answer.list().stream().allMatch(each -> each.at("rank").present())) {
            return null; // a multi-label answer, or spans
        }
        Map<String, Double> ranks = new LinkedHashMap<>();
        for (JsonPlace option : answer.list()) {
            String field = field(option.at("value").text());
            double rank = option.at("rank").whole(1, Neutral.MOST_RESPONSES);
            if (!fields.at(field).present()) {
                throw option.at("value").must("name a field of the record " + Shown.of(fields.names()));
            }
            if (ranks.put(field, rank) != null) {
                throw option.at("value").must("differ from those before it");
            }
        }
        List<String> responses = responses(List.copyOf(ranks.keySet()));
        for (String response : responses) {
            if (!ranks.containsKey(response)) {
                throw answer.must("rank the response " + Shown.of(response));
            }
        }
        return preference(responses, ranks);
    }

    private @Nullable Preference labelled(JsonPlace answer) throws JsonRefusal {
        String label = answer.text();
        String lower = label.toLowerCase(Locale.ROOT);
        boolean tie = settings.tieLabels.contains(lower);
        int position = lower.equals("first") ? 0 : lower.equals("second") ? 1 : -1;
        if (!tie && position < 0 && !fields.at(field(label)).present()) {
            if (settings.question != null) {
                throw answer.must("be first, second, one of " + settings.tieLabels + " or a field of the record");
            }
            return null; // an answer to some other question
        }
        List<String> responses = responses(null);
        if (responses.size() != 2 && (tie || position >= 0)) {
            throw answer.must("name a field, since there are " + responses.size() + " responses");
        }
        int best = position >= 0 ? position : responses.indexOf(field(label));
        if (!tie && best < 0) {
            throw answer.must("name one of the responses " + responses);
        }
        List<Integer> ranking = new ArrayList<>();
        for (int i = 0; i < responses.size(); i++) {
            ranking.add(tie || i == best ? 1 : 2);
        }
        return new Preference(responses, ranking);
    }

    private Preference rated(JsonPlace values) throws JsonRefusal {
        Map<String, Double> ranks = new LinkedHashMap<>();
        for (String response : responses(null)) {
            String question = settings.ratings.getOrDefault(response, response + "_rating");
            if (!values.at(question).present()) {
                throw new JsonRefusal(
                        "values must answer a ranking, a label question with a preference, or a rating question "
                                + Shown.of(question) + ", has " + Shown.of(values.names()));
            }
            ranks.put(response, -values.at(question).at("value").number()); // the highest rating has the lowest rank
        }
        return preference(List.copyOf(ranks.keySet()), ranks);
    }

    private String field(String option) {
        return settings.options.getOrDefault(option, option);
    }

    /** Which fields are the responses, in the order shown. */
    private List<String> responses(@Nullable List<String> ranked) throws JsonRefusal {
        if (!settings.responses.isEmpty()) {
            return settings.responses;
        }
        List<String> found = new ArrayList<>(fields.names());
        if (ranked != null) {
            found.retainAll(ranked);
        } else {
            found.removeAll(settings.prompt);
        }
        if (found.size() < 2 || found.size() > Neutral.MOST_RESPONSES) {
            throw new JsonRefusal("a record must have 2 to " + Neutral.MOST_RESPONSES + " responses, has "
                    + found.size() + ": set argilla.responses");
        }
        return found;
    }

    /** Ranks as ours are: 1 and the number of those that are better. */
    private static Preference preference(List<String> responses, Map<String, Double> order) {
        List<Double> values =
                responses.stream().map(each -> order.getOrDefault(each, 0.0)).toList();
        List<Integer> ranking = values.stream()
                .map(own ->
                        1 + (int) values.stream().filter(other -> other < own).count())
                .toList();
        return new Preference(responses, ranking);
    }
}
