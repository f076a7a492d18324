package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.HttpSettings;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bodies that nobody should send. {@code -Dassay.fuzz=N} for more than 10,000 of them, {@code -Dassay.seed=S} for others. */
class GatewayFuzzTest {
    private static final int REQUESTS = Integer.getInteger("assay.fuzz", 10_000);
    private static final long SEED = Long.getLong("assay.seed", 17);
    private static final String[] PATHS = {
        "/v1/judgments", "/v1/webhooks/label-studio", "/v1/webhooks/argilla", "/v1/webhooks/prolific"
    };
    private static final String[] PIECES = {
        "null",
        "{}",
        "[]",
        "\"\"",
        "-1",
        "1e400",
        "NaN",
        "true",
        "[[",
        "{\"a\":",
        "\"\\ud800\"",
        "\"\\u0000\"",
        "1e-400",
        "99999999999999999999",
        "\"judgmentId\":",
        "\"responses\":[",
        "\"ranking\":[1,1,1]",
        "\"weight\":1e30,",
        ",",
        "}",
        "\"context\":{\"x\":[1]},",
        "\"judgedAt\":\"yesterday\",",
        "\"shownFirst\":2.5,",
        "\u00ff",
        "\"action\":5,"
    };
    private static final String[] SEEDS = {
        ServedGateway.JUDGMENT,
        "[" + ServedGateway.JUDGMENT + "," + ServedGateway.JUDGMENT + "]",
        "{\"action\":\"ANNOTATION_CREATED\",\"annotation\":{\"id\":1,\"result\":[{\"type\":\"pairwise\","
                + "\"value\":{\"selected\":\"left\"}}],\"task\":1,\"completed_by\":1},\"project\":{\"id\":1},"
                + "\"task\":{\"id\":1,\"data\":{\"a\":\"x\"}}}",
        "{\"type\":\"response.created\",\"version\":1,\"data\":{\"id\":\"x\",\"status\":\"submitted\",\"values\":{\"q\":"
                + "{\"value\":[{\"value\":\"a\",\"rank\":1}]}},\"record\":{\"id\":1,\"fields\":{\"a\":\"t\"}},"
                + "\"user\":{\"id\":\"u\"}}}",
        "{\"event_type\":\"submission.status.change\",\"status\":\"REJECTED\",\"participant_id\":\"p\"}"
    };

    @Test
    void noBodyIsOurFault() throws Exception {
        GatewaySettings settings = new GatewaySettings(
                HttpSettings.plain("127.0.0.1", 0, 65_536, 1 << 20),
                new GatewaySettings.Limits(100, Duration.ofSeconds(30), 10_000_000, 100_000_000),
                GatewaySettings.Keys.NONE,
                List.of());
        SplittableRandom random = new SplittableRandom(SEED);
        try (ServedGateway gateway = new ServedGateway(settings, true)) {
            for (int i = 0; i < REQUESTS; i++) {
                byte[] body = body(random);
                String path = PATHS[random.nextInt(PATHS.length)];
                var answer = ServedGateway.send(gateway.to(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
                assertThat(answer.statusCode())
                        .as(() ->
                                path + " answered " + answer.body() + " to " + new String(body, StandardCharsets.UTF_8))
                        .isBetween(200, 499);
                gateway.producer.clear();
            }
            assertThat(gateway.inFlightBytes()).isZero();
        }
    }

    private static byte[] body(SplittableRandom random) {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            return noise;
        }
        if (random.nextInt(50) == 0) {
            return "[{\"x\":".repeat(random.nextInt(3000)).getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder(SEEDS[random.nextInt(SEEDS.length)]);
        for (int edits = random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + random.nextInt(20));
            switch (random.nextInt(3)) {
                case 0 -> text.delete(at, end);
                case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                default -> text.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
            }
            if (text.isEmpty()) {
                text.append(' ');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
