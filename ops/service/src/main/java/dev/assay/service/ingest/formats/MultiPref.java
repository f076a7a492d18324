package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.List;

/** MultiPref: a row is a comparison with the annotations of normal and of expert workers, each a judgment of its own. */
final class MultiPref implements Items {
    private static final String SOURCE = "multipref";
    static final Format FORMAT =
            Format.of(SOURCE, Format.has("comparison_id", "normal_worker_annotations"), new MultiPref());

    @Override
    public List<Intake> read(JsonPlace row) throws JsonRefusal {
        List<Intake> found = new ArrayList<>();
        for (String kind : List.of("normal", "expert")) {
            JsonPlace annotations = row.at(kind + "_worker_annotations");
            if (annotations.present()) {
                for (JsonPlace annotation : annotations.list()) {
                    found.add(Items.part(() -> judged(row, kind, annotation)));
                }
            }
        }
        return found.isEmpty() ? List.of(new Intake.Ignored("a comparison without annotations")) : found;
    }

    private static Intake judged(JsonPlace row, String kind, JsonPlace annotation) throws JsonRefusal {
        String worker = kind + ":" + annotation.object().at("evaluator").id();
        JsonPlace preference = annotation.at("overall_pref");
        List<Integer> ranking = switch (preference.text()) {
            case "A-is-clearly-better", "A-is-slightly-better" -> Ranks.FIRST;
            case "B-is-clearly-better", "B-is-slightly-better" -> Ranks.SECOND;
            case "Tie" -> Ranks.TIE;
            default -> throw preference.must("be A-is-…-better, Tie or B-is-…-better");
        };
        String strength =
                ranking.equals(Ranks.TIE) ? "tie" : preference.text().contains("clearly") ? "clear" : "slight";
        String judgmentId = SOURCE + ":" + row.at("comparison_id").id() + ":" + worker;
        return new JudgmentBuilder(SOURCE, judgmentId, row.at("prompt_id").id())
                .asked(row.at("text").optionalText())
                .by(worker)
                .at(annotation.at("timestamp").optionalTime())
                .firstShownFirst()
                .response(row.at("model_a").id(), row.at("completion_a").text())
                .response(row.at("model_b").id(), row.at("completion_b").text())
                .context("worker", kind)
                .context("strength", strength)
                .contextOf(annotation, "overall_confidence", "time_spent")
                .contextOf(row, "subject_of_study", "highest_level_degree")
                .ranked(ranking);
    }
}
