package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.http.SmallGateway;
import dev.assay.service.ingest.formats.Signatures;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.GatewaySettings.Keys;
import dev.assay.streams.settings.GatewaySettings.Limits;
import dev.assay.streams.settings.Secret;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whoever has not the secret takes nothing from those who have it. */
class ForgedSignaturesTest {
    private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final int FORGERS = 200;
    private static final String PATH = "/v1/webhooks/argilla";
    private static final String PAYLOAD = "{\"type\":\"nobody knows\"}";

    @Test
    void aFloodOfForgedSignaturesSpendsNothingOfWhoSignsWithTheSecret() throws Exception {
        // One payload a second is all that may come.
        try (ServedGateway gateway = new ServedGateway(settings(new Limits(1, Duration.ofSeconds(2), 1, 1)), true)) {
            List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
            for (int i = 0; i < FORGERS; i++) {
                flood.add(ServedGateway.sendAsync(signed(gateway, "v1,forged")));
            }

            HttpResponse<String> genuine = ServedGateway.send(signed(gateway, signature()));

            assertThat(genuine.statusCode()).as(genuine.body()).isEqualTo(200);
            assertThat(flood.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
                    .hasSize(FORGERS)
                    .containsOnly(401);
        }
    }

    @Test
    void withoutASignatureOrWithAnOldOneNoBodyIsReadBeforeTheRefusal() throws Exception {
        try (ServedGateway gateway = new ServedGateway(settings(SmallGateway.LIMITS), true)) {
            HttpRequest.Builder bare = gateway.to(PATH).POST(HttpRequest.BodyPublishers.ofString("no JSON"));
            HttpRequest.Builder old = signed(gateway, signature())
                    .setHeader("webhook-timestamp", "1")
                    .setHeader("Content-Type", "text/x");

            // Had the bodies been looked at, it would be 415.
            assertThat(ServedGateway.send(bare).statusCode()).isEqualTo(401);
            assertThat(ServedGateway.send(old).statusCode()).isEqualTo(401);
        }
    }

    private static GatewaySettings settings(Limits limits) throws Exception {
        Secret secret = new Secret("whsec_" + Base64.getEncoder().encodeToString(KEY));
        return new GatewaySettings(
                SmallGateway.withRoom(8192, 81_920).http(), // half of it is for who has not shown who they are
                limits,
                new Keys(secret, null, null),
                List.of(SmallGateway.token("writer", CallerRole.WRITE)));
    }

    private static HttpRequest.Builder signed(ServedGateway gateway, String signature) {
        return gateway.to(PATH)
                .header("Content-Type", "application/json")
                .header("webhook-id", "m1")
                .header("webhook-timestamp", timestamp())
                .header("webhook-signature", signature)
                .POST(HttpRequest.BodyPublishers.ofString(PAYLOAD));
    }

    private static String timestamp() {
        return Long.toString(ServedGateway.NOW.getEpochSecond());
    }

    private static String signature() {
        String text = "m1." + timestamp() + "." + PAYLOAD;
        return "v1," + Base64.getEncoder().encodeToString(Signatures.hmac(KEY, text.getBytes(StandardCharsets.UTF_8)));
    }
}
