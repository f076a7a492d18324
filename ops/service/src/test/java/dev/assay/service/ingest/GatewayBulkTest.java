package dev.assay.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.service.http.SmallGateway;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.wire.JudgmentCodec;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bodies in the formats of files: read as files are, all or nothing as ever. */
class GatewayBulkTest {
    private static final String ROW = """
            {"prompt": "Name a colour %d.", "chosen": "Blue.", "rejected": "None."}""";

    @Test
    void rowsOfAFileFormatAreReadAsAFileIs() throws Exception {
        try (ServedGateway gateway = new ServedGateway(SmallGateway.SETTINGS, true)) {
            String array = "[" + ROW.formatted(1) + ",\n" + ROW.formatted(2) + "]";

            assertThat(gateway.post("/v1/judgments?format=trl", array).body()).isEqualTo("{\"accepted\":2}");
            assertThat(lines(gateway, "auto", ROW.formatted(3) + "\r\n\n" + ROW.formatted(4) + "\n")
                            .body())
                    .isEqualTo("{\"accepted\":2}");

            Judgment first = (Judgment) new JudgmentCodec()
                    .decode(gateway.sentTo("t.judgments").get(0).value());
            assertThat(first.judgmentId()).startsWith("trl:");
            assertThat(first.responses()).extracting(JudgedResponse::text).containsExactly("Blue.", "None.");
        }
    }

    @Test
    void oneRowAtFaultKeepsAllFromBeingSentAndIsNamedByItsPlace() throws Exception {
        try (ServedGateway gateway = new ServedGateway(SmallGateway.SETTINGS, true)) {
            HttpResponse<String> answer =
                    lines(gateway, "trl", ROW.formatted(1) + "\n{\"chosen\": 7, \"rejected\": \"x\"}\nno JSON\n");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .contains("2 items are at fault", "chosen must be a string", "\"item\":1", "\"item\":2");
            assertThat(gateway.producer.history()).isEmpty();
        }
    }

    @Test
    void aFormatThatNobodyKnowsIsRefusedNamingThoseThereAre() throws Exception {
        try (ServedGateway gateway = new ServedGateway(SmallGateway.SETTINGS, true)) {
            HttpResponse<String> unknown = gateway.post("/v1/judgments?format=parquet", ROW.formatted(1));
            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(unknown.body()).contains("format must be auto or one of", "trl", "was parquet");

            HttpResponse<String> unseen = gateway.post("/v1/judgments?format=auto", "{\"left\": 1}");
            assertThat(unseen.statusCode()).isEqualTo(400);
            assertThat(unseen.body()).contains("name it by format, one of");
        }
    }

    @Test
    void moreRowsThanARequestMayHaveAreRefused() throws Exception {
        try (ServedGateway gateway =
                new ServedGateway(SmallGateway.withLimits(2, Duration.ofSeconds(10), 99, 99), true)) {
            String three = ROW.formatted(1) + "\n" + ROW.formatted(2) + "\n" + ROW.formatted(3);

            assertThat(lines(gateway, "trl", three).statusCode()).isEqualTo(413);
            assertThat(gateway.producer.history()).isEmpty();
        }
    }

    private static HttpResponse<String> lines(ServedGateway gateway, String format, String body) throws Exception {
        return ServedGateway.send(gateway.to("/v1/judgments?format=" + format)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }
}
