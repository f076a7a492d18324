package dev.assay.service.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.schemas.Topics;
import dev.assay.service.http.Access;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Bodies;
import dev.assay.service.http.Caller;
import dev.assay.service.http.Identity;
import dev.assay.service.http.Outlet;
import dev.assay.service.http.Problem;
import dev.assay.service.ingest.formats.Intake;
import dev.assay.service.ingest.formats.Json;
import dev.assay.service.ingest.formats.Neutral;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.JudgmentRecords;
import io.javalin.http.Context;
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
 * Judgments in the neutral form, and their retraction. All or nothing: where one item of a request is at fault nothing of it
 * is sent, so that a client may send the whole again.
 */
final class JudgmentRoutes {
    /** In place of an annotator: the judgment has none. */
    static final String NOBODY = "-";

    /** Largest judgment or retraction in Avro, in bytes; what key and frame add has room too. */
    static final int LARGEST_JUDGMENT = Topics.JUDGMENT_BYTES - 4096;

    private static final int MOST_FAULTS = 100;

    private final GatewaySettings settings;
    private final Access access;
    private final Bodies bodies;
    private final JudgmentRecords records;
    private final Pseudonyms pseudonyms;
    private final Function<byte[], Optional<Admission.Rejected>> refusal;
    private final Outlet outlet;
    private final Counter accepted;
    private final Counter refused;
    private final Counter retracted;

    JudgmentRoutes(
            GatewaySettings settings,
            Access access,
            Bodies bodies,
            JudgmentRecords records,
            Pseudonyms pseudonyms,
            Function<byte[], Optional<Admission.Rejected>> refusal,
            Outlet outlet,
            MeterRegistry meters) {
        this.settings = settings;
        this.access = access;
        this.bodies = bodies;
        this.records = records;
        this.pseudonyms = pseudonyms;
        this.refusal = refusal;
        this.outlet = outlet;
        accepted = meters.counter("adapt.judgments.accepted");
        refused = meters.counter("adapt.judgments.refused");
        retracted = meters.counter("adapt.judgments.retracted");
    }

    /** {@code POST /v1/judgments}: one judgment or an array. */
    void judge(Context ctx) {
        Caller caller = access.require(ctx, CallerRole.WRITE);
        caller.spend(1); // Before the body: also those that send nothing but faults are to pay.
        bodies.answer(ctx, body -> {
            List<Intake> items = read(body, caller.source());
            caller.spend(items.size() - 1);
            List<Judgment> judgments = understood(items);
            List<ProducerRecord<byte[], byte[]>> sent = acceptable(judgments);
            return outlet.send(sent).thenApply(done -> {
                accepted.increment(sent.size());
                return new Answer(200, Map.of("accepted", sent.size()));
            });
        });
    }

    private List<Intake> read(byte[] body, String source) {
        Neutral format = new Neutral(source);
        JsonNode items;
        try {
            items = Json.read(body);
        } catch (JsonRefusal e) {
            return List.of(Intake.NotUnderstood.because(e));
        }
        if (!items.isArray()) {
            return format.read(items);
        }
        if (items.size() > settings.maxItems()) {
            throw Problem.of(
                    413, "a request must have at most " + settings.maxItems() + " judgments, has " + items.size());
        }
        List<Intake> each = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            each.addAll(format.read(item));
        }
        return each;
    }

    private List<Judgment> understood(List<Intake> items) {
        List<Judgment> judgments = new ArrayList<>(items.size());
        List<Problem.Fault> faults = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Intake.Judged judged) {
                judgments.add(judged.judgment());
            } else if (items.get(i) instanceof Intake.NotUnderstood not) {
                faults.add(new Problem.Fault(i, null, not.why()));
            }
        }
        require(400, faults);
        return judgments;
    }

    private List<ProducerRecord<byte[], byte[]>> acceptable(List<Judgment> judgments) {
        List<ProducerRecord<byte[], byte[]>> accepted = new ArrayList<>(judgments.size());
        List<Problem.Fault> faults = new ArrayList<>();
        for (int i = 0; i < judgments.size(); i++) {
            ProducerRecord<byte[], byte[]> record = records.of(pseudonyms.of(judgments.get(i)));
            int place = i;
            if (record.value().length > LARGEST_JUDGMENT) {
                faults.add(new Problem.Fault(
                        i,
                        "TOO_LONG",
                        "a judgment must have at most " + LARGEST_JUDGMENT + " bytes in Avro, has "
                                + record.value().length));
            } else {
                refusal.apply(record.value())
                        .ifPresent(rejected -> faults.add(
                                new Problem.Fault(place, rejected.reason().name(), rejected.message())));
            }
            accepted.add(record);
        }
        require(422, faults);
        return accepted;
    }

    private void require(int status, List<Problem.Fault> faults) {
        if (!faults.isEmpty()) {
            refused.increment(faults.size());
            throw Problem.ofItems(
                    status,
                    faults.size() + (faults.size() == 1 ? " item is" : " items are")
                            + " at fault; nothing of this request was sent",
                    faults.subList(0, Math.min(MOST_FAULTS, faults.size())));
        }
    }

    /** {@code DELETE /v1/judgments/{annotator}/{id}}. */
    void retract(Context ctx) {
        Caller caller = access.require(ctx, CallerRole.WRITE);
        caller.spend(1);
        String named = Identity.ofPath(ctx, "annotator");
        String annotator = named.equals(NOBODY) ? null : pseudonyms.of(named);
        Retraction retraction = new Retraction(Identity.ofPath(ctx, "id"), annotator, caller.source());
        CompletableFuture<Void> sent = outlet.send(List.of(records.of(retraction)));
        bodies.answer(ctx, sent.thenApply(done -> {
            retracted.increment();
            return new Answer(200, Map.of("retracted", 1));
        }));
    }
}
