package dev.assay.streams.settings;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.algebra.Require;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway listens, whom it lets in, and how much it takes at once. Flat in the file, so that the environment can set
 * every key but the tokens: {@code gateway.pseudonym-key} as {@code ASSAY_GATEWAY_PSEUDONYM_KEY}.
 *
 * @param http where it listens; of loopback while there are no tokens, by default on 127.0.0.1:8080; bodies of at most 64 MiB,
 *     by default 8 MiB, and at most 1 GiB of them under way, by default 32 MiB: parsed, they take some five times that of the
 *     heap
 * @param limits how much it takes, and how fast
 * @param keys secrets, by which platforms and annotators are known
 * @param tokens who may do what; none: everybody may do everything, on loopback
 */
public record GatewaySettings(
        @JsonUnwrapped HttpSettings http,
        @JsonUnwrapped Limits limits,
        @JsonUnwrapped Keys keys,
        List<Token> tokens) {
    /** Most that {@code max-items} may be. */
    public static final int MOST_ITEMS = 10_000;

    private static final int LARGEST_BODY = 64 << 20;
    private static final int MOST_IN_FLIGHT = 1 << 30;
    private static final int SHORTEST_KEY = 32;
    private static final String ARGILLA_PREFIX = "whsec_";

    /** The defaults; GatewaySettingsTest pins them. */
    public static final GatewaySettings DEFAULTS = new GatewaySettings(
            HttpSettings.plain("127.0.0.1", 8080, 8 << 20, 32 << 20),
            new Limits(1000, Duration.ofSeconds(10), 20_000, 40_000),
            Keys.NONE,
            List.of());

    /** @throws IllegalArgumentException naming key, bound and value; of a secret, not the value */
    public GatewaySettings {
        http.require("gateway", LARGEST_BODY, MOST_IN_FLIGHT);
        Require.that(
                !tokens.isEmpty() || http.onLoopback(),
                "gateway.tokens must name at least one token where gateway.host is not one of %s, was none for '%s'",
                HttpSettings.LOOPBACK.stream().sorted().toList(),
                http.host());
        tokens = List.copyOf(tokens);
    }

    /**
     * How much the gateway takes, and how fast.
     *
     * @param maxItems judgments of one request; 1 to 10,000; default 1,000
     * @param ackTimeout how long the broker may take; 100 ms to 5 min; default 10 s
     * @param ratePerSecond judgments, retractions and erasures a second that one token may send on average; 1 to 10,000,000;
     *     default 20,000
     * @param rateBurst how many of them at once; at least {@code maxItems}, at most 100,000,000; default 40,000
     */
    public record Limits(int maxItems, Duration ackTimeout, long ratePerSecond, long rateBurst) {
        /** @throws IllegalArgumentException naming key, bound and value */
        public Limits {
            HttpSettings.between(1, maxItems, MOST_ITEMS, "gateway.max-items");
            Require.that(
                    ackTimeout.toMillis() >= 100 && ackTimeout.compareTo(Duration.ofMinutes(5)) <= 0,
                    "gateway.ack-timeout must be PT0.1S to PT5M, was %s",
                    ackTimeout);
            HttpSettings.between(1, ratePerSecond, 10_000_000, "gateway.rate-per-second");
            HttpSettings.between(maxItems, rateBurst, 100_000_000, "gateway.rate-burst");
        }
    }

    /**
     * Secrets, by which platforms and annotators are known.
     *
     * @param argillaSecret what Argilla signs its webhooks with, {@code whsec_…}; null: a token is asked for instead
     * @param prolificSecret what Prolific signs its webhooks with; null: a token is asked for instead
     * @param pseudonymKey if given, annotators are known by a keyed hash of their ids from here on; at least 32 characters; to
     *     change it makes everybody a new annotator
     */
    public record Keys(
            @Nullable Secret argillaSecret,
            @Nullable Secret prolificSecret,
            @Nullable Secret pseudonymKey) {
        /** None; the default. */
        public static final Keys NONE = new Keys(null, null, null);

        /** @throws IllegalArgumentException naming key and bound, not the value */
        public Keys {
            Require.that(
                    pseudonymKey == null || pseudonymKey.value().length() >= SHORTEST_KEY,
                    "gateway.pseudonym-key must have at least %s characters",
                    SHORTEST_KEY);
            if (argillaSecret != null) {
                requireArgillaSecret(argillaSecret);
            }
            Require.that(
                    prolificSecret == null || !prolificSecret.value().isBlank(),
                    "gateway.prolific-secret must not be blank");
        }
    }

    /** @throws IllegalArgumentException if it is not {@code whsec_} and base64; the message does not show it */
    public static void requireArgillaSecret(Secret secret) {
        boolean usable = secret.value().startsWith(ARGILLA_PREFIX);
        try {
            usable = usable && argillaKey(secret).length > 0;
        } catch (IllegalArgumentException e) {
            usable = false;
        }
        Require.that(usable, "gateway.argilla-secret must be whsec_ and base64, which it is not");
    }

    /** The key in what Argilla shows, {@code whsec_} and base64. */
    public static byte[] argillaKey(Secret secret) {
        return Base64.getDecoder().decode(secret.value().substring(ARGILLA_PREFIX.length()));
    }

    /** @return the same on another port */
    public GatewaySettings withPort(int other) {
        return new GatewaySettings(http.withPort(other), limits, keys, tokens);
    }

    /**
     * One token. Only its hash is in the file: {@code printf %s TOKEN | sha256sum}.
     *
     * @param source who bears it; names the source of judgments that name none; 1 to 64 of A-Z a-z 0-9 . _ -
     * @param roles what the bearer may do; at least one
     * @param sha256 hash of the token, 64 hexadecimal digits
     */
    public record Token(String source, Set<CallerRole> roles, String sha256) {
        private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
        private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

        /** @throws IllegalArgumentException naming key, bound and value */
        @SuppressWarnings("NullAway") // Jackson passes null where the key is missing.
        public Token {
            Require.that(
                    source != null && SOURCE.matcher(source).matches(),
                    "gateway.tokens.source must be 1 to 64 of the characters A-Z a-z 0-9 . _ -, was %s",
                    source);
            Require.that(
                    roles != null && !roles.isEmpty(),
                    "gateway.tokens.roles must name at least one of write, erase, read, was %s for %s",
                    roles,
                    source);
            // Not shown: somebody may have put the token there itself.
            Require.that(
                    sha256 != null && HASH.matcher(sha256).matches(),
                    "gateway.tokens.sha256 must be 64 hexadecimal digits, which that of %s is not",
                    source);
            roles = Set.copyOf(roles);
        }

        @Override
        public String toString() {
            return "Token[source=" + source + ", roles=" + roles + "]";
        }
    }
}
