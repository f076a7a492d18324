package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Prolific's webhook tells of submissions, not of judgments. A rejected one erases its participant's judgments, whose
 * annotator is the participant's id; to return or to time out is no fault, and has no effect.
 */
final class Prolific implements Items {
    static final Webhook WEBHOOK = new Webhook(
            "prolific",
            "Prolific's webhooks: a rejected submission erases its participant",
            CallerRole.ERASE,
            settings -> new Prolific(),
            new Webhook.Signing(
                    "the signature",
                    GatewaySettings.Keys::prolificSecret,
                    "X-Prolific-Request-Signature",
                    List.of("X-Prolific-Request-Timestamp", "X-Timestamp"),
                    Prolific::signed));

    /** Over the timestamp and the body. */
    private static boolean signed(Secret secret, UnaryOperator<@Nullable String> headers, byte[] body, Instant now) {
        String newer = headers.apply("X-Prolific-Request-Timestamp");
        String timestamp = newer == null ? headers.apply("X-Timestamp") : newer;
        String signature = headers.apply("X-Prolific-Request-Signature");
        return Signatures.recent(timestamp, now)
                && Signatures.equal(Signatures.hmac(secret.bytes(), Signatures.utf8(timestamp), body), signature);
    }

    @Override
    public List<Intake> read(JsonPlace event) throws JsonRefusal {
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
    }
}
