package dev.assay.service.ingest;

import dev.assay.schemas.Topics;
import dev.assay.service.http.Access;
import dev.assay.service.http.HttpAnswer;
import dev.assay.service.http.HttpProblem;
import dev.assay.service.http.Request;
import dev.assay.service.http.Route;
import dev.assay.service.ingest.formats.Formats;
import dev.assay.service.ingest.formats.Webhook;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import io.micrometer.core.instrument.Counter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
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

    private static final Pattern NEXT_WORD = Pattern.compile("-(\\w)");

    private final GatewaySettings.Keys keys;
    private final PlatformIntake intake;
    private final Outlet outlet;
    private final InstantSource clock;
    private final Counter refused;
    private final Access access;

    WebhookRoutes(GatewaySettings.Keys keys, Access access, Gateway.Surroundings around) {
        this.keys = keys;
        this.access = access;
        this.intake = around.platforms();
        this.outlet = around.outlet();
        this.clock = around.clock();
        refused = around.meters().counter("adapt.payloads.refused");
    }

    List<Route> routes() {
        return Formats.WEBHOOKS.stream().map(this::route).toList();
    }

    private Route route(Webhook platform) {
        Webhook.Signing signing = platform.signing();
        Secret secret = signing == null ? null : signing.secret().apply(keys);
        Route route = Route.later("POST", "/v1/webhooks/" + platform.name(), request -> take(request, platform, secret))
                .by(platform.role())
                .named(
                        NEXT_WORD
                                .matcher(platform.name())
                                .replaceAll(word -> word.group(1).toUpperCase(Locale.ROOT)),
                        platform.summary())
                .takes(Map.class)
                .answers(
                        200,
                        "Kafka has what the payload asked for; what was not understood is on the dead-letter topic, as"
                                + " received.",
                        PlatformIntake.Taken.class)
                .refuses(422, "Not understood, and too large for the dead-letter topic.")
                .refuses(503);
        return signing == null
                ? route
                : route.orSigned(secret == null ? null : access.signer(platform.name()))
                        .beforeBody(request -> {
                            if (secret != null && !signing.possible(request::header, clock.instant())) {
                                throw unsigned(platform);
                            }
                        })
                        .saying("With gateway." + platform.name() + "-secret " + signing.words()
                                + " is asked for in place of a token.");
    }

    private CompletableFuture<HttpAnswer> take(Request request, Webhook platform, @Nullable Secret secret) {
        Webhook.Signing signing = platform.signing();
        if (signing != null && secret != null) {
            if (!signing.check().fits(secret, request::header, request.body(), clock.instant())) {
                throw unsigned(platform);
            }
            request.caller().spend(1); // Not before: forgers would spend what those may send who have the secret.
        }
        PlatformIntake.Wanted wanted = intake.read(platform, request.body());
        ProducerRecord<byte[], byte[]> letter = deadLetter(platform, request.body(), wanted);
        return write(wanted, letter).thenApply(done -> new HttpAnswer(200, PlatformIntake.Taken.of(wanted)));
    }

    private static HttpProblem unsigned(Webhook platform) {
        return HttpProblem.of(401, "the signature of " + platform.name() + " does not fit, or is too old");
    }

    private @Nullable ProducerRecord<byte[], byte[]> deadLetter(
            Webhook platform, byte[] body, PlatformIntake.Wanted wanted) {
        if (wanted.refusal().isEmpty()) {
            return null;
        }
        refused.increment();
        PlatformIntake.Wanted.PayloadRefusal refusal = wanted.refusal().get();
        LOG.atWarn()
                .addKeyValue("source", platform.name())
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
