package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.Shown;
import java.util.List;

/**
 * Prolific's webhook tells of submissions, not of judgments. A rejected one erases its participant's judgments, whose
 * annotator is the participant's id; to return or to time out is no fault, and has no effect.
 */
public final class Prolific implements Items {
    @Override
    public List<Intake> read(JsonNode item) {
        return Items.attempt(item, event -> {
            if (!event.at("event_type").text().equals("submission.status.change")) {
                return List.of(new Intake.Ignored(
                        "event " + Shown.of(event.at("event_type").text())));
            }
            String status = event.at("status").text();
            if (!status.equals("REJECTED")) {
                return List.of(new Intake.Ignored("submission " + Shown.of(status)));
            }
            String submission = event.at("resource_id").optionalId();
            return List.of(new Intake.Erased(
                    event.at("participant_id").id(),
                    "Prolific rejected submission " + (submission == null ? "(unnamed)" : Shown.of(submission))));
        });
    }
}
