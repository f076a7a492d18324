package dev.assay.service.http;

import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.Sha256;
import io.github.bucket4j.Bucket;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may do what: bearer tokens, compared by their hashes in constant time. */
public final class Access {
    private static final String BEARER = "Bearer ";

    private final List<Known> known = new ArrayList<>();
    private final @Nullable Caller anybody;
    private final GatewaySettings settings;

    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Known(byte[] hash, Caller caller) {}

    /** @param settings name the tokens */
    public Access(GatewaySettings settings) {
        this.settings = settings;
        for (GatewaySettings.Token token : settings.tokens()) {
            byte[] hash = HexFormat.of().parseHex(token.sha256());
            known.add(new Known(hash, new Caller(token.source(), token.roles(), budget())));
        }
        anybody = known.isEmpty() ? new Caller("http", EnumSet.allOf(CallerRole.class), budget()) : null;
    }

    /** @return somebody who needs no token because they sign what they send */
    public Caller signer(String source) {
        return new Caller(source, EnumSet.of(CallerRole.WRITE, CallerRole.ERASE), budget());
    }

    private Bucket budget() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(settings.limits().rateBurst())
                        .refillGreedy(settings.limits().ratePerSecond(), Duration.ofSeconds(1)))
                .withNanosecondPrecision()
                .build();
    }

    /** @throws HttpProblem 401 without a token that is known, 403 if it may not do that */
    public Caller require(Context ctx, CallerRole role) {
        Caller caller = anybody == null ? bearer(ctx) : anybody;
        if (!caller.roles().contains(role)) {
            throw HttpProblem.of(
                    403,
                    "this token of " + caller.source() + " may not "
                            + role.name().toLowerCase(java.util.Locale.ROOT));
        }
        return caller;
    }

    private Caller bearer(Context ctx) {
        String header = ctx.header("Authorization");
        boolean given = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        byte[] hash = sha256(given ? header.substring(BEARER.length()).strip() : "");
        Caller found = null;
        for (Known one : known) { // All of them: how long it takes says nothing of which matched.
            if (MessageDigest.isEqual(one.hash(), hash)) {
                found = one.caller();
            }
        }
        if (!given || found == null) {
            ctx.header("WWW-Authenticate", "Bearer");
            throw HttpProblem.of(401, "a known token is needed: Authorization: Bearer TOKEN");
        }
        return found;
    }

    private static byte[] sha256(String token) {
        return Sha256.of(token.getBytes(StandardCharsets.UTF_8));
    }
}
