package dev.assay.streams.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.estimator.algebra.Require;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the scorer answers HTTP, and what its drop-ins answer with. Whom it lets in are the tokens of {@code gateway.tokens}
 * with the role {@code read}.
 *
 * @param host address to listen on; of loopback unless there are tokens, or {@code anonymous}; default {@code 127.0.0.1}
 * @param port to listen on; 0 to 65,535; 0 picks a free one; default 8081
 * @param maxBodyBytes of one request; 1,024 to 256 MiB; default 32 MiB
 * @param inFlightBytes bodies received and not yet answered, over all requests: what is beyond is told to come again; at least
 *     {@code maxBodyBytes}, at most 2 GiB; default 128 MiB
 * @param anonymous whether whoever reaches it may ask, without a token: RL trainers send none; default false
 * @param reward what the drop-ins call the reward; default the lower bound
 * @param staleAfter not ready when the broker has not said for so long that there is nothing newer; 1 s to a day; default 30 s
 * @param maxAge not ready when the snapshot is older, for streams that never rest; null: any age will do; the default
 * @param tlsKeyStore file with key and certificate, PKCS 12 or JKS, which makes it HTTPS; null: HTTP
 * @param tlsKeyStorePassword of that file
 */
public record ServeSettings(
        String host,
        int port,
        int maxBodyBytes,
        long inFlightBytes,
        boolean anonymous,
        RewardKind reward,
        Duration staleAfter,
        @Nullable Duration maxAge,
        @Nullable String tlsKeyStore,
        @Nullable Secret tlsKeyStorePassword)
        implements HttpSettings {

    /** What a drop-in, which has room for one number, calls the reward. */
    public enum RewardKind {
        /** The lower end of the interval: what is not known does not count. */
        @JsonProperty("lower")
        LOWER,
        /** The estimate. */
        @JsonProperty("mean")
        MEAN
    }

    /** The defaults; ServiceConfigTest pins them. */
    public static final ServeSettings DEFAULTS = new ServeSettings(
            "127.0.0.1", 8081, 32 << 20, 128 << 20, false, RewardKind.LOWER, Duration.ofSeconds(30), null, null, null);

    /** @throws IllegalArgumentException naming key, bound and value */
    public ServeSettings {
        Require.that(!host.isBlank(), "serve.host must be an address to listen on, was '%s'", host);
        between(0, port, 65_535, "port");
        between(1024, maxBodyBytes, 256 << 20, "max-body-bytes");
        between(maxBodyBytes, inFlightBytes, 1L << 31, "in-flight-bytes");
        Require.that(
                staleAfter.compareTo(Duration.ofSeconds(1)) >= 0 && staleAfter.compareTo(Duration.ofDays(1)) <= 0,
                "serve.stale-after must be PT1S to PT24H, was %s",
                staleAfter);
        Require.that(
                maxAge == null || maxAge.compareTo(Duration.ofSeconds(1)) >= 0,
                "serve.max-age must be at least PT1S, was %s",
                maxAge);
        Require.that(
                tlsKeyStore == null || tlsKeyStorePassword != null,
                "serve.tls-key-store-password must be given where serve.tls-key-store is");
    }

    /** @return the same on another port */
    public ServeSettings withPort(int other) {
        return new ServeSettings(
                host,
                other,
                maxBodyBytes,
                inFlightBytes,
                anonymous,
                reward,
                staleAfter,
                maxAge,
                tlsKeyStore,
                tlsKeyStorePassword);
    }

    private static void between(long low, long value, long high, String key) {
        Require.that(value >= low && value <= high, "serve.%s must be %s to %s, was %s", key, low, high, value);
    }
}
