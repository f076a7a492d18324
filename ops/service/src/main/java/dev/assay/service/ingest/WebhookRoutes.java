package dev.assay.service.ingest;

import dev.assay.schemas.Topics;
import dev.assay.service.http.Access;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import io.micrometer.core.instrument.Counter;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private final PlatformIntake intake;
    private final Outlet outlet;
    private final InstantSource clock;
    private final Counter refused;
    private final Access access;

    WebhookRoutes(GatewaySettings settings, Access access, Gateway.Surroundings around) {
        this.settings = settings;
        this.access = access;
        this.intake = around.platforms();
        this.outlet = around.outlet();
        this.clock = around.clock();
        refused = around.meters().counter("adapt.payloads.refused");
    }

    /** Whether a body is signed as its headers say. */
    private interface Signature {
        boolean fits(Request request);
    }

    List<Route> routes() {
        Secret argilla = settings.argillaSecret();
        Secret prolific = settings.prolificSecret();
        return List.of(
                // Static headers are all it can send, hence a token.
                route(Platform.LABEL_STUDIO, request -> true)
                        .by(CallerRole.WRITE)
                        .named("labelStudio", "Label Studio's webhooks: annotations created, updated, deleted"),
                route(Platform.ARGILLA, request -> argilla == null || argilla(argilla, request))
                        .by(CallerRole.WRITE)
                        .orSigned(argilla == null ? null : access.signer(Platform.ARGILLA.title()))
                        .named("argilla", "Argilla's webhooks: responses created, updated, deleted")
                        .saying(
                                "With gateway.argilla-secret the signature of Standard Webhooks is asked for in place of a"
                                        + " token."),
                route(Platform.PROLIFIC, request -> prolific == null || prolific(prolific, request))
                        .by(CallerRole.ERASE)
                        .orSigned(prolific == null ? null : access.signer(Platform.PROLIFIC.title()))
                        .named("prolific", "Prolific's webhooks: a rejected submission erases its participant")
                        .saying("With gateway.prolific-secret the signature is asked for in place of a token."));
    }

    private Route route(Platform platform, Signature signature) {
        return Route.later("POST", "/v1/webhooks/" + platform.title(), request -> take(request, platform, signature))
                .takes(Map.class)
                .answers(
                        200,
                        "Kafka has what the payload asked for; what was not understood is on the dead-letter topic, as"
                                + " received.",
                        PlatformIntake.Taken.class)
                .refuses(422, "Not understood, and too large for the dead-letter topic.")
                .refuses(503);
    }

    private boolean argilla(Secret secret, Request request) {
        return WebhookSignature.argilla(
                secret,
                request.header("webhook-id"),
                request.header("webhook-timestamp"),
                request.header("webhook-signature"),
                request.body(),
                clock.instant());
    }

    private boolean prolific(Secret secret, Request request) {
        String timestamp = request.header("X-Prolific-Request-Timestamp");
        return WebhookSignature.prolific(
                secret,
                timestamp == null ? request.header("X-Timestamp") : timestamp,
                request.header("X-Prolific-Request-Signature"),
                request.body(),
                clock.instant());
    }

    private CompletableFuture<HttpAnswer> take(Request request, Platform platform, Signature signature) {
        if (!signature.fits(request)) {
            throw HttpProblem.of(401, "the signature of " + platform.title() + " does not fit, or is too old");
        }
        PlatformIntake.Wanted wanted = intake.read(platform, request.body());
        ProducerRecord<byte[], byte[]> letter = deadLetter(platform, request.body(), wanted);
        return write(wanted, letter).thenApply(done -> new HttpAnswer(200, PlatformIntake.Taken.of(wanted)));
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
            throw HttpProblem.of(
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
