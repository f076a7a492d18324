package dev.assay.streams.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.assay.estimator.algebra.Require;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the scorer answers HTTP, and what its drop-ins answer with. Whom it lets in are the tokens of {@code gateway.tokens}
 * with the role {@code read}.
 *
 * @param http where it listens; of loopback unless there are tokens, or {@code anonymous}, by default on 127.0.0.1:8081;
 *     bodies of at most 256 MiB, by default 32 MiB, and at most 2 GiB of them under way, by default 128 MiB
 * @param anonymous whether whoever reaches it may ask, without a token: RL trainers send none; default false
 * @param reward what the drop-ins call the reward; default the lower bound
 * @param staleAfter not ready when the broker has not said for so long that there is nothing newer; 1 s to a day; default 30 s
 * @param maxAge not ready when the snapshot is older, for streams that never rest; null: any age will do; the default
 */
public record ServeSettings(
        @JsonUnwrapped HttpSettings http,
        boolean anonymous,
        RewardKind reward,
        Duration staleAfter,
        @Nullable Duration maxAge) {
    private static final int LARGEST_BODY = 256 << 20;
    private static final long MOST_IN_FLIGHT = 1L << 31;

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
            HttpSettings.plain("127.0.0.1", 8081, 32 << 20, 128 << 20),
            false,
            RewardKind.LOWER,
            Duration.ofSeconds(30),
            null);

    /** @throws IllegalArgumentException naming key, bound and value */
    public ServeSettings {
        http.require("serve", LARGEST_BODY, MOST_IN_FLIGHT);
        Require.that(
                staleAfter.compareTo(Duration.ofSeconds(1)) >= 0 && staleAfter.compareTo(Duration.ofDays(1)) <= 0,
                "serve.stale-after must be PT1S to PT24H, was %s",
                staleAfter);
        Require.that(
                maxAge == null || maxAge.compareTo(Duration.ofSeconds(1)) >= 0,
                "serve.max-age must be at least PT1S, was %s",
                maxAge);
    }

    /** @return the same on another port */
    public ServeSettings withPort(int other) {
        return new ServeSettings(http.withPort(other), anonymous, reward, staleAfter, maxAge);
    }
}
