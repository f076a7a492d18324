package dev.assay.service.ingest.formats;

import dev.assay.service.ingest.table.KnownNames;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Shapes of rows that many people have, each a line of a table: its name, the members by which it is known, and what its
 * columns are. A word with @ stands for the several names that one thing goes by.
 */
final class KnownShapes {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("@who", String.join("|", KnownNames.ANNOTATORS)),
            Map.entry("@verdict", "winner|preferred|better|choice|verdict|preference"),
            Map.entry(
                    "@voter",
                    String.join("|", KnownNames.ANNOTATORS)
                            + "|bewerter|participant|participant_id|assessor|teacher|evaluator|respondent|subject"),
            Map.entry("@left", "left|left_item|item_left|left_id|links|stimulus_left|image_left|left_image|essay_left"),
            Map.entry(
                    "@right",
                    "right|right_item|item_right|right_id|rechts|stimulus_right|image_right|right_image"
                            + "|essay_right"),
            Map.entry(
                    "@one",
                    "item_1|item_a|item1|option_1|option_a|stimulus_1|stimulus_a|script_1|script_a|essay_1"
                            + "|essay_a|candidate_1"),
            Map.entry(
                    "@other",
                    "item_2|item_b|item2|option_2|option_b|stimulus_2|stimulus_b|script_2|script_b|essay_2"
                            + "|essay_b|candidate_2"),
            Map.entry(
                    "@choice",
                    "chosen|chosen_item|winner|winner_id|selected|selected_item|choice|preferred|preference"
                            + "|gewählt|gewaehlt|gewinner|sieger|selection|vote|chosen_side"),
            Map.entry(
                    "@win",
                    "winner|winner_id|chosen|candidate_chosen|item_chosen|chosen_id|preferred|gewinner|sieger"
                            + "|winning_item"),
            Map.entry(
                    "@lose",
                    "loser|loser_id|not_chosen|candidate_not_chosen|item_not_chosen|not_chosen_id|unchosen"
                            + "|not_preferred|verlierer|losing_item"),
            Map.entry("@seconds", "seconds|sekunden|time_taken|duration|response_time|rt|zeit|dauer|time_seconds"),
            Map.entry("@home", "home|home_team|hometeam|heim|player_1|player1|player_a|team_1|team1|team_a|white"),
            Map.entry("@away", "away|away_team|awayteam|gast|player_2|player2|player_b|team_2|team2|team_b|black"),
            Map.entry("@result", "result|score|ergebnis|final_score"),
            Map.entry("@points1", "home_score|home_goals|fthg|score_1|score1|score_a|player_1_score|player1_score"),
            Map.entry("@points2", "away_score|away_goals|ftag|score_2|score2|score_b|player_2_score|player2_score"));

    private static final String TABLE = """
        arena-plain: prompt response_a response_b winner_model_a winner_model_b: \
        prompt=prompt,left=response_a,right=response_b,wins-first=winner_model_a,wins-second=winner_model_b,\
        tie=winner_tie,policy-first=model_a,policy-second=model_b,id=id,texts=json
        arena-plain: prompt response_a response_b winner model_a model_b: \
        prompt=prompt,left=response_a,right=response_b,winner=winner[model_a/a|model_b/b|tie|tie (bothbad)/both_bad],\
        policy-first=model_a,policy-second=model_b,annotator=@who,id=question_id|id,session=evaluation_session_id,\
        time=tstamp|timestamp,texts=json
        alpaca-eval: instruction output_1 output_2 preference: \
        prompt=instruction+input,first=output_1,second=output_2,winner=preference[1..2|tie=0],annotator=annotator,\
        policy-first=generator_1,policy-second=generator_2
        pandalm: response1 response2 annotator1: \
        first=response1,second=response2,winner=annotator1[1|2|0],annotator==annotator1,id=idx; \
        first=response1,second=response2,winner=annotator2[1|2|0],annotator==annotator2,id=idx; \
        first=response1,second=response2,winner=annotator3[1|2|0],annotator==annotator3,id=idx
        llmbar: output_1 output_2 label: \
        first=output_1,second=output_2,winner=label[1|2],annotator=@who,id=id
        candidates: candidate_a candidate_b @verdict: \
        first=candidate_a,second=candidate_b,winner=@verdict,annotator=@who,id=pair_id|id,\
        policy-first=model_a,policy-second=model_b
        responses: response_a response_b @verdict: \
        first=response_a,second=response_b,winner=@verdict,annotator=@who,id=pair_id|id,\
        policy-first=model_a,policy-second=model_b
        responses: response_1 response_2 @verdict: \
        first=response_1,second=response_2,winner=@verdict,annotator=@who,id=pair_id|id,\
        policy-first=model_1,policy-second=model_2
        responses: output_1 output_2 @verdict: \
        first=output_1,second=output_2,winner=@verdict,annotator=@who,id=pair_id|id,\
        policy-first=model_1,policy-second=model_2
        responses: left right @verdict|chosen prompt|question|instruction|query|request: \
        left=left,right=right,winner=@verdict|chosen,annotator=@who,id=pair_id|id
        shp: human_ref_A human_ref_B labels: \
        prompt=history,first=human_ref_A,second=human_ref_B,winner=labels[1|0],context.domain=domain,\
        context.score_ratio=score_ratio
        openai-preference: input preferred_output non_preferred_output: \
        prompt=input.messages|input,chosen=preferred_output,rejected=non_preferred_output
        ultra-interact: trajectory chosen rejected: \
        prompt=trajectory,chosen=chosen,rejected=rejected,id=id,context.task=task,context.dataset=dataset
        helpsteer2: response_1 response_2 preference_strength: \
        prompt=prompt,first=response_1,second=response_2,winner=preference_strength[-3..3]
        summaries: summaries.0.text summaries.1.text choice: \
        prompt=info.post|info.article|prompt,first=summaries.0.text,second=summaries.1.text,winner=choice[0|1],\
        annotator=worker,policy-first=summaries.0.policy,policy-second=summaries.1.policy
        webgpt: answer_0 answer_1 score_0 score_1: \
        prompt=question.full_text|question,first=answer_0,second=answer_1,score-first=score_0,score-second=score_1
        nectar: answers.0.answer answers.0.rank: \
        prompt=prompt,responses=answers.*.answer,rank=answers.*.rank,policies=answers.*.model
        rankings: responses.0 ranks.0: responses=responses,rank=ranks,policies=models,annotator=@who,id=id
        rankings: responses.0 rank.0: responses=responses,rank=rank,policies=models,annotator=@who,id=id
        rankings: responses.0 scores.0: responses=responses,score=scores,policies=models,annotator=@who,id=id
        rankings: generations.0 ratings.0: responses=generations,score=ratings,policies=generation_models
        rankings: generations.0 rating.0: responses=generations,score=rating,policies=generation_models
        rankings: completions.0.response completions.0.overall_score: \
        responses=completions.*.response,score=completions.*.overall_score,policies=completions.*.model
        rankings: ranking.0 ranking.1: ranking=ranking,annotator=@who,id=id
        rankings: ranked_responses.0 ranked_responses.1: ranking=ranked_responses,annotator=@who,id=id
        winner-loser: winner loser prompt|question|instruction|query: \
        chosen=winner,rejected=loser,annotator=@who,id=pair_id|id
        """;

    /** Of tables that people made with a spreadsheet, however they wrote the names; what they compared is named by a cell. */
    private static final String LOOSE = """
        matches: @home @away @result: \
        first=@home,second=@away,winner=@result[score],policy-first=@home,policy-second=@away,id=match_id|game_id
        matches: @home @away @points1 @points2: \
        first=@home,second=@away,score-first=@points1,score-second=@points2,policy-first=@home,\
        policy-second=@away,id=match_id|game_id
        matches: @home @away ftr: \
        first=@home,second=@away,winner=ftr[H|A|D],policy-first=@home,policy-second=@away,id=match_id|game_id
        votes: @left @right @choice: \
        left=@left,right=@right,winner=@choice[item],policy-first=@left,policy-second=@right,annotator=@voter,\
        skipped=skipped,session=session|session_id,time=timestamp|created_at,context.seconds=@seconds,decimal=either
        votes: @one @other @choice: \
        first=@one,second=@other,winner=@choice[item],policy-first=@one,policy-second=@other,annotator=@voter,\
        skipped=skipped,session=session|session_id,time=timestamp|created_at,context.seconds=@seconds,decimal=either
        votes: @win @lose: \
        chosen=@win,rejected=@lose,policy-chosen=@win,policy-rejected=@lose,annotator=@voter,\
        skipped=skipped,session=session|session_id,time=timestamp|created_at,context.seconds=@seconds,decimal=either
        """;

    /** In the order in which items are recognised: those whose names are their own. */
    static final List<Format> TELLING = formats(TABLE, false);

    /** Those that many tables could have; after all others. */
    static final List<Format> LATER = formats(LOOSE, true);

    private KnownShapes() {}

    private static List<Format> formats(String table, boolean loose) {
        Map<String, List<ShapeRows.Shape>> byName = new LinkedHashMap<>();
        for (String line : table.lines().toList()) {
            String[] parts = expanded(line).split(": ", 3);
            List<List<String>> keys = Arrays.stream(parts[1].split(" "))
                    .map(key -> List.of(key.split("\\|")))
                    .toList();
            List<Columns> readings = Arrays.stream(parts[2].split("; "))
                    .map(KnownShapes::columns)
                    .toList();
            byName.computeIfAbsent(parts[0], unseen -> new ArrayList<>())
                    .add(new ShapeRows.Shape(parts[0], keys, readings, loose));
        }
        return byName.entrySet().stream()
                .map(each -> format(each.getKey(), each.getValue()))
                .toList();
    }

    private static String expanded(String line) {
        String expanded = line.strip();
        for (Map.Entry<String, String> word : WORDS.entrySet()) {
            expanded = expanded.replaceAll(word.getKey() + "\\b", word.getValue());
        }
        return expanded;
    }

    private static Columns columns(String text) {
        try {
            return Columns.parse(text);
        } catch (JsonRefusal e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static Format format(String name, List<ShapeRows.Shape> shapes) {
        return new Format(
                name,
                item -> shapes.stream().anyMatch(shape -> shape.fits(item)),
                (settings, source) -> new ShapeRows(shapes, source),
                false);
    }

    /** @return the keys of all shapes by their names, for who looks for the nearest one */
    static Map<String, List<Set<String>>> keys() {
        Map<String, List<Set<String>>> keys = new LinkedHashMap<>();
        for (String line : (TABLE + LOOSE).lines().toList()) {
            String[] parts = expanded(line).split(": ", 3);
            Set<String> names = new HashSet<>();
            for (String key : parts[1].split(" ")) {
                names.add(key.split("\\|")[0]);
            }
            keys.computeIfAbsent(parts[0], unseen -> new ArrayList<>()).add(names);
        }
        return keys;
    }
}
