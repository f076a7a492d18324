package dev.assay.service.ingest.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    // The example that the Standard Webhooks libraries test themselves with.
    private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final Instant THEN = Instant.ofEpochSecond(1614265330);

    @Test
    void theStandardsOwnExampleFits() {
        assertThat(argilla(SIGNATURE, BODY, THEN)).isTrue();
        assertThat(argilla("v1,bm9uZQ== v2,x " + SIGNATURE, BODY, THEN)).isTrue();
    }

    @Test
    void anythingElseDoesNot() {
        assertThat(argilla(SIGNATURE, "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8), THEN))
                .isFalse();
        assertThat(argilla(SIGNATURE.substring(3), BODY, THEN)).isFalse();
        assertThat(argilla("", BODY, THEN)).isFalse();
        assertThat(argilla(TIMESTAMP, null, BODY, THEN)).isFalse();
        assertThat(argilla("now", SIGNATURE, BODY, THEN)).isFalse();
        assertThat(argilla("9223372036854775807", SIGNATURE, BODY, THEN)).isFalse();
    }

    @Test
    void afterFiveMinutesItIsTooOldAndMayBeAReplay() {
        assertThat(argilla(SIGNATURE, BODY, THEN.plusSeconds(300))).isTrue();
        assertThat(argilla(SIGNATURE, BODY, THEN.plusSeconds(301))).isFalse();
        assertThat(argilla(SIGNATURE, BODY, THEN.minusSeconds(301))).isFalse();
    }

    @Test
    void prolificSignsTimestampAndBody() {
        Secret secret = new Secret("prolific");
        // printf '%s' '1614265330{"test": 2432232314}' | openssl dgst -sha256 -hmac prolific -binary | base64
        String signature = "/ORAGu+nox/pjF+44QyD9oWzdfOiiJwMC9fvOV8LzQ8=";
        assertThat(prolific(secret, TIMESTAMP, signature)).isTrue();
        assertThat(prolific(secret, "1614265331", signature)).isFalse();
    }

    @Test
    void aSecretThatIsNoneIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> GatewaySettings.requireArgillaSecret(new Secret("hush-hush")))
                .hasMessageContaining("gateway.argilla-secret must be whsec_")
                .hasMessageNotContaining("hush");
        assertThat(SECRET.toString()).doesNotContain("MfKQ");
    }

    private static boolean argilla(String signatures, byte[] body, Instant now) {
        return argilla(TIMESTAMP, signatures, body, now);
    }

    private static boolean argilla(String timestamp, @Nullable String signatures, byte[] body, Instant now) {
        Map<String, @Nullable String> headers = new HashMap<>(Map.of("webhook-id", ID, "webhook-timestamp", timestamp));
        headers.put("webhook-signature", signatures);
        return fits(Argilla.WEBHOOK, SECRET, headers::get, body, now);
    }

    private static boolean prolific(Secret secret, String timestamp, String signature) {
        Map<String, String> headers =
                Map.of("X-Prolific-Request-Timestamp", timestamp, "X-Prolific-Request-Signature", signature);
        return fits(Prolific.WEBHOOK, secret, headers::get, BODY, THEN);
    }

    private static boolean fits(
            Webhook platform, Secret secret, UnaryOperator<@Nullable String> headers, byte[] body, Instant now) {
        return Objects.requireNonNull(platform.signing()).check().fits(secret, headers, body, now);
    }
}
