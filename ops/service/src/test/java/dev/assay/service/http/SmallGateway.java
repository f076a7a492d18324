package dev.assay.service.http;

import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.GatewaySettings.Keys;
import dev.assay.streams.settings.GatewaySettings.Limits;
import dev.assay.streams.settings.GatewaySettings.Token;
import dev.assay.streams.settings.HttpSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Settings of a gateway for tests: on a free port, with room for little, and open unless there are tokens. */
public final class SmallGateway {
    public static final HttpSettings HTTP = listening(8192, 8192);
    public static final Limits LIMITS = new Limits(10, Duration.ofSeconds(2), 1000, 1000);
    public static final GatewaySettings SETTINGS = new GatewaySettings(HTTP, LIMITS, Keys.NONE, List.of());

    private SmallGateway() {}

    public static GatewaySettings withRoom(int maxBodyBytes, long inFlightBytes) {
        return new GatewaySettings(listening(maxBodyBytes, inFlightBytes), LIMITS, Keys.NONE, List.of());
    }

    public static GatewaySettings withLimits(int maxItems, Duration ackTimeout, long ratePerSecond, long rateBurst) {
        Limits limits = new Limits(maxItems, ackTimeout, ratePerSecond, rateBurst);
        return new GatewaySettings(HTTP, limits, Keys.NONE, List.of());
    }

    public static GatewaySettings withKeys(Keys keys) {
        return new GatewaySettings(HTTP, LIMITS, keys, List.of());
    }

    public static GatewaySettings withTokens(Token... tokens) {
        return new GatewaySettings(listening(8192, 81_920), LIMITS, Keys.NONE, List.of(tokens));
    }

    /** @param text of the token; also its source, without blanks */
    public static Token token(String text, CallerRole... roles) throws NoSuchAlgorithmException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return new Token(text.replace(' ', '-'), Set.of(roles), HexFormat.of().formatHex(hash));
    }

    private static HttpSettings listening(int maxBodyBytes, long inFlightBytes) {
        return HttpSettings.plain("127.0.0.1", 0, maxBodyBytes, inFlightBytes);
    }
}
