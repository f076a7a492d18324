package dev.assay.service.ingest.formats;

import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A platform that sends payloads. Each is a constant of its reader, and all of them are {@link Formats#WEBHOOKS}.
 *
 * @param name as in the path and in the source header of dead letters, such as {@code label-studio}
 * @param unsigned what a token must allow where nothing is signed
 * @param reader a new reader of its payloads
 * @param secret what it signs with, by the gateway's settings; null: it does not
 * @param signature how it signs
 */
public record Webhook(
        String name,
        CallerRole unsigned,
        Function<PlatformSettings, Items> reader,
        Function<GatewaySettings, @Nullable Secret> secret,
        Signature signature) {
    /** How a platform signs. */
    @FunctionalInterface
    public interface Signature {
        /**
         * @param headers value by name; null: there is none
         * @param body as received
         * @return whether the payload comes from who has the secret, and just now
         */
        boolean fits(Secret secret, UnaryOperator<@Nullable String> headers, byte[] body, Instant now);
    }

    /** A platform that cannot sign. */
    static Webhook withToken(String name, CallerRole role, Function<PlatformSettings, Items> reader) {
        return new Webhook(name, role, reader, settings -> null, (secret, headers, body, now) -> false);
    }
}
