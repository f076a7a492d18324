package dev.assay.service.ingest;

import dev.assay.schemas.Topics;
import dev.assay.service.http.Access;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Bodies;
import dev.assay.service.http.Caller;
import dev.assay.service.http.Outlet;
import dev.assay.service.http.Problem;
import dev.assay.service.ingest.formats.Formats;
import dev.assay.service.ingest.formats.Webhook;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Platforms' webhooks. What is not understood is kept on the dead-letter topic as received and answered with 200: some
 * platforms never send anything twice, others would do so for ever.
 */
final class WebhookRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookRoutes.class);

    private final GatewaySettings settings;
    private final Access access;
    private final Bodies bodies;
    private final PlatformIntake intake;
    private final Outlet outlet;
    private final InstantSource clock;
    private final Counter refused;
    private final Map<String, Caller> signers = new HashMap<>();

    WebhookRoutes(
            GatewaySettings settings,
            Access access,
            Bodies bodies,
            PlatformIntake intake,
            Outlet outlet,
            InstantSource clock,
            MeterRegistry meters) {
        this.settings = settings;
        this.access = access;
        this.bodies = bodies;
        this.intake = intake;
        this.outlet = outlet;
        this.clock = clock;
        refused = meters.counter("adapt.payloads.refused");
        Formats.WEBHOOKS.forEach(each -> signers.put(each.name(), access.signer(each.name())));
    }

    /** {@code POST /v1/webhooks/PLATFORM}: signed, where there is a secret, else by a token. */
    void take(Context ctx, Webhook platform) {
        Secret secret = platform.secret().apply(settings);
        Caller signer = signers.get(platform.name());
        Caller caller = secret == null || signer == null ? access.require(ctx, platform.unsigned()) : signer;
        caller.spend(1);
        bodies.answer(ctx, body -> {
            if (secret != null && !platform.signature().fits(secret, ctx::header, body, clock.instant())) {
                throw Problem.of(401, "the signature of " + platform.name() + " does not fit, or is too old");
            }
            PlatformIntake.Wanted wanted = intake.read(platform, body);
            ProducerRecord<byte[], byte[]> letter = deadLetter(platform, body, wanted);
            return write(wanted, letter).thenApply(done -> new Answer(200, PlatformIntake.counts(wanted)));
        });
    }

    private @Nullable ProducerRecord<byte[], byte[]> deadLetter(
            Webhook platform, byte[] body, PlatformIntake.Wanted wanted) {
        if (wanted.refusal().isEmpty()) {
            return null;
        }
        refused.increment();
        PlatformIntake.Wanted.Refusal refusal = wanted.refusal().get();
        LOG.atWarn()
                .addKeyValue("source", platform.name())
                .addKeyValue("reason", refusal.reason())
                .log("payload goes to the dead-letter topic");
        if (body.length > Topics.JUDGMENT_BYTES) {
            throw Problem.of(
                    422,
                    "not understood, and larger than the " + Topics.JUDGMENT_BYTES
                            + " bytes that the dead-letter topic keeps: " + refusal.message());
        }
        return intake.deadLetter(platform, body, refusal);
    }

    private CompletableFuture<Void> write(
            PlatformIntake.Wanted wanted, @Nullable ProducerRecord<byte[], byte[]> deadLetter) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (JudgmentMessage message : wanted.messages()) {
            records.add(intake.record(message));
        }
        records.addAll(wanted.commands());
        if (deadLetter != null) {
            records.add(deadLetter);
        }
        return outlet.send(wanted.ids()).thenCompose(known -> outlet.send(records));
    }
}
