package dev.assay.service.ingest.formats;

import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A platform that sends payloads. Each is a constant of its reader, and all of them are {@link Formats#WEBHOOKS}.
 *
 * @param name as in the path and in the source header of dead letters, such as {@code label-studio}
 * @param summary what it tells, in a line
 * @param role what a token must allow where nothing is signed
 * @param reader a new reader of its payloads
 * @param signing how it signs; null: it does not
 */
public record Webhook(
        String name,
        String summary,
        CallerRole role,
        Function<PlatformSettings, Items> reader,
        @Nullable Signing signing) {
    /**
     * How a platform signs.
     *
     * @param words what it is called
     * @param secret what it signs with; null: nobody has told the gateway, and a token is asked for
     * @param signature header that bears the signature
     * @param timestamps headers that may say when it was made, in seconds since 1970; the first one that is there counts
     * @param check whether a payload is signed with it
     */
    public record Signing(
            String words,
            Function<GatewaySettings.Keys, @Nullable Secret> secret,
            String signature,
            List<String> timestamps,
            Check check) {
        /** @return false if the headers alone say that it cannot be signed, or not just now */
        public boolean possible(UnaryOperator<@Nullable String> headers, Instant now) {
            return headers.apply(signature) != null && Signatures.recent(timestamp(headers), now);
        }

        private @Nullable String timestamp(UnaryOperator<@Nullable String> headers) {
            for (String name : timestamps) {
                String value = headers.apply(name);
                if (value != null) {
                    return value;
                }
            }
            return null;
        }
    }

    /** Whether a payload comes from who has the secret, and just now. */
    @FunctionalInterface
    public interface Check {
        /**
         * @param headers value by name; null: there is none
         * @param body as received
         */
        boolean fits(Secret secret, UnaryOperator<@Nullable String> headers, byte[] body, Instant now);
    }
}
