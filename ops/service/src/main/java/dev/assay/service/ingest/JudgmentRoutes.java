package dev.assay.service.ingest;

import dev.assay.schemas.Topics;
import dev.assay.service.http.Doc;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.NeutralFields;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.json.StrictJson;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.JudgmentRecords;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Judgments, in the neutral form or another of files, and their retraction. All or nothing: where one item of a request is at fault nothing of it
 * is sent, so that a client may send the whole again.
 */
final class JudgmentRoutes {
    /** In place of an annotator: the judgment has none. */
    static final String NOBODY = "-";

    /** Largest judgment or retraction in Avro, in bytes; what key and frame add has room too. */
    static final int LARGEST_JUDGMENT = Topics.JUDGMENT_BYTES - 4096;

    private static final int MOST_REFUSALS = 100;

    private final BulkBody bodies;
    private final JudgmentRecords records;
    private final Pseudonyms pseudonyms;
    private final Function<byte[], Optional<Admission.Refused>> refusal;
    private final Outlet outlet;
    private final Counter accepted;
    private final Counter refused;
    private final Counter retracted;

    /** @param maxItems judgments of one request */
    JudgmentRoutes(int maxItems, Gateway.Surroundings around, Pseudonyms pseudonyms) {
        this.bodies = new BulkBody(maxItems, around.platforms().settings());
        this.records = around.judgments();
        this.pseudonyms = pseudonyms;
        this.refusal = around.refusal();
        this.outlet = around.outlet();
        MeterRegistry meters = around.meters();
        accepted = meters.counter("adapt.judgments.accepted");
        refused = meters.counter("adapt.judgments.refused");
        retracted = meters.counter("adapt.judgments.retracted");
    }

    /** How many are on their topic. */
    record Accepted(@Doc(min = 0) int accepted) {}

    /** That one was taken back. */
    record Retracted(@Doc(min = 1, max = 1) int retracted) {}

    List<Route> routes() {
        return List.of(
                Route.later("POST", "/v1/judgments", this::judge)
                        .by(CallerRole.WRITE)
                        .named("judge", "Judgments, one or an array; all or nothing")
                        .saying("A judgment's id is its identity within its annotator: the same id again replaces it."
                                + " Where one item is at fault nothing is sent. Fields are read in camelCase too, as they"
                                + " were called before; that is deprecated.")
                        .with(new Route.Parameter(
                                "query",
                                "format",
                                "How the items are written: a format of files, such as trl, or auto, as the first item"
                                        + " shows. The schema below is that of neutral.",
                                Map.of("type", "string", "default", "neutral")))
                        .takesOneOr(GatewaySettings.MOST_ITEMS, NeutralFields.class)
                        .takesLines()
                        .answers(200, "Acknowledged.", Accepted.class)
                        .refuses(400, "No JSON, or items of the wrong shape; errors names each.")
                        .refuses(413, "Too many bytes or items.")
                        .refuses(422, "The estimator would refuse items; errors names each with its reason.")
                        .refuses(503),
                Route.later("DELETE", "/v1/judgments/{annotator}/{id}", this::retract)
                        .by(CallerRole.WRITE)
                        .named("retract", "Take one judgment back")
                        .id("annotator", "Who judged; - for a judgment without an annotator.")
                        .id("id", "The judgment's id.")
                        .answers(200, "Acknowledged, whether there was such a judgment or not.", Retracted.class)
                        .refuses(400, "A blank or too long id.")
                        .refuses(503));
    }

    private CompletableFuture<HttpAnswer> judge(Request request) {
        List<BulkBody.Placed> items = bodies.read(
                request.body(),
                request.bodyIsLines(),
                request.query("format"),
                request.caller().source());
        request.caller().spend(Math.max(0, items.size() - 1));
        List<PlacedJudgment> judgments = understood(items);
        List<ProducerRecord<byte[], byte[]>> sent = acceptable(judgments);
        return outlet.send(sent).thenApply(done -> {
            accepted.increment(sent.size());
            return new HttpAnswer(200, new Accepted(sent.size()));
        });
    }

    /** A judgment, and the item that asked for it. */
    private record PlacedJudgment(int item, Judgment judgment) {}

    /** What is rightly without effect has none. */
    private List<PlacedJudgment> understood(List<BulkBody.Placed> items) {
        List<PlacedJudgment> judgments = new ArrayList<>(items.size());
        List<HttpProblem.RefusedItem> refusals = new ArrayList<>();
        for (BulkBody.Placed placed : items) {
            if (placed.intake() instanceof Intake.Judged judged) {
                judgments.add(new PlacedJudgment(placed.item(), judged.judgment()));
            } else if (placed.intake() instanceof Intake.NotUnderstood not) {
                refusals.add(new HttpProblem.RefusedItem(placed.item(), null, not.why()));
            } else if (!(placed.intake() instanceof Intake.Ignored)) {
                refusals.add(new HttpProblem.RefusedItem(
                        placed.item(), null, "takes a judgment back, which is for DELETE and for webhooks"));
            }
        }
        require(400, refusals);
        return judgments;
    }

    private List<ProducerRecord<byte[], byte[]>> acceptable(List<PlacedJudgment> judgments) {
        List<ProducerRecord<byte[], byte[]>> accepted = new ArrayList<>(judgments.size());
        List<HttpProblem.RefusedItem> refusals = new ArrayList<>();
        for (PlacedJudgment judged : judgments) {
            ProducerRecord<byte[], byte[]> record = records.of(pseudonyms.of(judged.judgment()));
            int place = judged.item();
            if (record.value().length > LARGEST_JUDGMENT) {
                refusals.add(new HttpProblem.RefusedItem(
                        place,
                        "TOO_LONG",
                        "a judgment must have at most " + LARGEST_JUDGMENT + " bytes in Avro, has "
                                + record.value().length));
            } else {
                refusal.apply(record.value())
                        .ifPresent(why -> refusals.add(new HttpProblem.RefusedItem(
                                place, why.reason().name(), StrictJson.inJson(why.message()))));
            }
            accepted.add(record);
        }
        require(422, refusals);
        return accepted;
    }

    private void require(int status, List<HttpProblem.RefusedItem> refusals) {
        if (!refusals.isEmpty()) {
            refused.increment(refusals.size());
            throw HttpProblem.ofItems(
                    status,
                    refusals.size() + (refusals.size() == 1 ? " item is" : " items are")
                            + " at fault; nothing of this request was sent",
                    refusals.subList(0, Math.min(MOST_REFUSALS, refusals.size())));
        }
    }

    private CompletableFuture<HttpAnswer> retract(Request request) {
        String named = request.id("annotator");
        String annotator = named.equals(NOBODY) ? null : pseudonyms.of(named);
        Retraction retraction =
                new Retraction(request.id("id"), annotator, request.caller().source());
        return outlet.send(List.of(records.of(retraction))).thenApply(done -> {
            retracted.increment();
            return new HttpAnswer(200, new Retracted(1));
        });
    }
}
