package dev.assay.service.ingest;

import dev.assay.schemas.Topics;
import dev.assay.service.http.Access;
import dev.assay.service.http.Answer;
import dev.assay.service.http.Bodies;
import dev.assay.service.http.Caller;
import dev.assay.service.http.Outlet;
import dev.assay.service.http.Problem;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
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
    private final Caller argilla;
    private final Caller prolific;

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
        argilla = access.signer(Platform.ARGILLA.title());
        prolific = access.signer(Platform.PROLIFIC.title());
    }

    /** {@code POST /v1/webhooks/label-studio}: static headers are all it can send, hence a token. */
    void labelStudio(Context ctx) {
        take(ctx, Platform.LABEL_STUDIO, access.require(ctx, CallerRole.WRITE), body -> true);
    }

    /** {@code POST /v1/webhooks/argilla}. */
    void argilla(Context ctx) {
        Secret secret = settings.argillaSecret();
        if (secret == null) {
            take(ctx, Platform.ARGILLA, access.require(ctx, CallerRole.WRITE), body -> true);
            return;
        }
        String id = ctx.header("webhook-id");
        String timestamp = ctx.header("webhook-timestamp");
        String signatures = ctx.header("webhook-signature");
        take(
                ctx,
                Platform.ARGILLA,
                argilla,
                body -> WebhookSignature.argilla(secret, id, timestamp, signatures, body, clock.instant()));
    }

    /** {@code POST /v1/webhooks/prolific}: it may erase. */
    void prolific(Context ctx) {
        Secret secret = settings.prolificSecret();
        if (secret == null) {
            take(ctx, Platform.PROLIFIC, access.require(ctx, CallerRole.ERASE), body -> true);
            return;
        }
        String timestamp = ctx.header("X-Prolific-Request-Timestamp");
        String given = timestamp == null ? ctx.header("X-Timestamp") : timestamp;
        String signature = ctx.header("X-Prolific-Request-Signature");
        take(
                ctx,
                Platform.PROLIFIC,
                prolific,
                body -> WebhookSignature.prolific(secret, given, signature, body, clock.instant()));
    }

    private void take(Context ctx, Platform platform, Caller caller, Predicate<byte[]> signed) {
        caller.spend(1);
        bodies.answer(ctx, body -> {
            if (!signed.test(body)) {
                throw Problem.of(401, "the signature of " + platform.title() + " does not fit, or is too old");
            }
            PlatformIntake.Wanted wanted = intake.read(platform, body);
            ProducerRecord<byte[], byte[]> letter = deadLetter(platform, body, wanted);
            return write(wanted, letter).thenApply(done -> new Answer(200, PlatformIntake.counts(wanted)));
        });
    }

    private @Nullable ProducerRecord<byte[], byte[]> deadLetter(
            Platform platform, byte[] body, PlatformIntake.Wanted wanted) {
        if (wanted.refusal().isEmpty()) {
            return null;
        }
        refused.increment();
        PlatformIntake.Wanted.Refusal refusal = wanted.refusal().get();
        LOG.atWarn()
                .addKeyValue("source", platform.title())
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
