package dev.assay.service.ingest;

import static dev.assay.service.ingest.ServedGateway.JUDGMENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.schemas.UndecodableException;
import dev.assay.service.http.SmallGateway;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.model.Command;
import dev.assay.streams.model.JudgmentMessage;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import dev.assay.streams.wire.CommandCodec;
import dev.assay.streams.wire.JudgmentCodec;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway answers to whom, over real HTTP; what a real broker makes of it is the business of broker tests. */
class GatewayHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Secret KEY = new Secret("0123456789abcdef0123456789abcdef");

    @Test
    void aJudgmentIsAnsweredOnlyWhenTheBrokerHasIt() throws Exception {
        try (ServedGateway gateway = new ServedGateway(SmallGateway.SETTINGS, false)) {
            CompletableFuture<HttpResponse<String>> answer = ServedGateway.sendAsync(judgment(gateway));
            while (gateway.producer.history().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(answer).isNotDone();

            gateway.producer.completeNext();

            assertThat(answer.get().statusCode()).isEqualTo(200);
            assertThat(answer.get().body()).isEqualTo("{\"accepted\":1}");
            assertThat(gateway.inFlightBytes()).isZero();
        }
    }

    @Test
    void whoClosesWaitsForTheRequestsThatHaveCome() throws Exception {
        GatewaySettings patient = SmallGateway.withLimits(2, Duration.ofMinutes(1), 99, 99);
        ServedGateway gateway = new ServedGateway(patient, false);
        CompletableFuture<HttpResponse<String>> answer = ServedGateway.sendAsync(judgment(gateway));
        while (gateway.producer.history().isEmpty()) {
            Thread.onSpinWait();
        }
        CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
        int live = 200;
        while (live == 200) { // until closing has begun
            live = ServedGateway.send(gateway.to("/health/live")).statusCode();
        }
        assertThat(live).isEqualTo(503);
        assertThat(closed).isNotDone();
        gateway.producer.completeNext();

        assertThat(answer.get().statusCode()).isEqualTo(200);
        closed.get();
    }

    @Test
    void aBrokerThatDoesNotAcknowledgeInTimeIsA503ThatSaysWhenToComeAgain() throws Exception {
        try (ServedGateway gateway = new ServedGateway(SmallGateway.SETTINGS, false)) {
            HttpResponse<String> answer = ServedGateway.send(judgment(gateway));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(gateway.inFlightBytes()).isZero();
        }
    }

    @Test
    void whatDoesNotFitBesideWhatIsUnderWayIsToldToComeAgain() throws Exception {
        int length = JUDGMENT.getBytes(StandardCharsets.UTF_8).length;
        GatewaySettings settings = SmallGateway.withRoom(1024, 1024);
        try (ServedGateway gateway = new ServedGateway(settings, false)) {
            int fitting = 1024 / length;
            List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
            for (int i = 0; i < fitting; i++) {
                held.add(ServedGateway.sendAsync(judgment(gateway)));
            }
            while (gateway.producer.history().size() < fitting) {
                Thread.onSpinWait();
            }

            HttpResponse<String> answer = ServedGateway.send(judgment(gateway));

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
            for (CompletableFuture<HttpResponse<String>> one : held) {
                one.join();
            }
            assertThat(gateway.inFlightBytes()).isZero();
        }
    }

    @Test
    void bodiesThatAreAnnouncedAndDoNotComeTakeNoRoom() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (ServedGateway gateway = new ServedGateway(SmallGateway.withRoom(65_536, 262_144), true)) {
            URI uri = gateway.to("/v1/judgments").build().uri();
            for (int i = 0; i < 4; i++) {
                Socket one = new Socket(uri.getHost(), uri.getPort());
                slow.add(one);
                one.getOutputStream()
                        .write(("POST /v1/judgments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: 65536\r\n\r\n{")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            while (gateway.inFlightBytes() < 4 * 8192) { // the first piece of each
                Thread.onSpinWait();
            }

            HttpResponse<String> answer = gateway.post("/v1/judgments", JUDGMENT);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } finally {
            for (Socket one : slow) {
                one.close();
            }
        }
    }

    @Test
    void aTokenThatSendsMoreThanItMayIsToldWhenItMayAgain() throws Exception {
        GatewaySettings few = SmallGateway.withLimits(2, Duration.ofSeconds(2), 1, 3);
        try (ServedGateway gateway = new ServedGateway(few, true)) {
            String two = "[" + JUDGMENT + "," + JUDGMENT + "]";
            assertThat(gateway.post("/v1/judgments", two).statusCode()).isEqualTo(200);

            HttpResponse<String> answer = gateway.post("/v1/judgments", two);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isPositive();
            assertThat(gateway.sentTo("t.judgments")).hasSize(2);
        }
    }

    @Test
    void tooMuchIsA413WhetherItsLengthIsToldOrNot() throws Exception {
        try (ServedGateway gateway = new ServedGateway(SmallGateway.withRoom(1024, 4096), true)) {
            byte[] large = " ".repeat(1025).getBytes(StandardCharsets.UTF_8);
            assertThat(gateway.post("/v1/judgments", " ".repeat(1025)).statusCode())
                    .isEqualTo(413);
            assertThat(ServedGateway.send(gateway.to("/v1/judgments")
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofInputStream(
                                            () -> new ByteArrayInputStream(large))))
                            .statusCode())
                    .isEqualTo(413);
            String items = "[" + "1,".repeat(10) + "1]";
            assertThat(gateway.post("/v1/judgments", items).statusCode()).isEqualTo(413);
            assertThat(gateway.inFlightBytes()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,,415",
        "application/json; charset=iso-8859-1,,415",
        "application/json,gzip,415",
        "application/json; charset=utf-8,,200",
        "APPLICATION/JSON,identity,200"
    })
    void onlyPlainJsonIsTaken(String type, @Nullable String encoding, int status) throws Exception {
        try (ServedGateway gateway = new ServedGateway(SmallGateway.SETTINGS, true)) {
            HttpRequest.Builder request = gateway.to("/v1/judgments")
                    .header("Content-Type", type)
                    .POST(HttpRequest.BodyPublishers.ofString(JUDGMENT));
            if (encoding != null) {
                request.header("Content-Encoding", encoding);
            }
            assertThat(ServedGateway.send(request).statusCode()).isEqualTo(status);
        }
    }

    @ParameterizedTest(name = "{0}: judge {1}, retract {2}, erase {3}, prolific {4}")
    @CsvSource({
        "none,401,401,401,401",
        "wrong,401,401,401,401",
        "writer,200,200,403,403",
        "eraser,403,403,202,200",
        "reader,403,403,403,403",
        "all,200,200,202,200"
    })
    void aTokenMayDoWhatItsRolesSay(String token, int judge, int retract, int erase, int prolific) throws Exception {
        GatewaySettings settings = SmallGateway.withTokens(
                SmallGateway.token("writer", CallerRole.WRITE),
                SmallGateway.token("eraser", CallerRole.ERASE),
                SmallGateway.token("reader", CallerRole.READ),
                SmallGateway.token("all", CallerRole.WRITE, CallerRole.ERASE));
        try (ServedGateway gateway = new ServedGateway(settings, true)) {
            assertThat(status(gateway.to("/v1/judgments").POST(body(JUDGMENT)), token))
                    .isEqualTo(judge);
            assertThat(status(gateway.to("/v1/webhooks/label-studio").POST(body("{\"action\":\"X\"}")), token))
                    .isEqualTo(judge);
            assertThat(status(gateway.to("/v1/judgments/a/j").DELETE(), token)).isEqualTo(retract);
            assertThat(status(gateway.to("/v1/annotators/a").DELETE(), token)).isEqualTo(erase);
            String rejected = "{\"event_type\":\"submission.status.change\",\"status\":\"REJECTED\","
                    + "\"participant_id\":\"pp\",\"resource_id\":\"s\"}";
            assertThat(status(gateway.to("/v1/webhooks/prolific").POST(body(rejected)), token))
                    .isEqualTo(prolific);
            assertThat(status(gateway.to("/health/live"), token)).isEqualTo(200);
            assertThat(status(gateway.to("/health/ready"), token)).isEqualTo(200);
            assertThat(status(gateway.to("/openapi.json"), token)).isEqualTo(200);
        }
    }

    /** Why the estimator would refuse a judgment is said in the words of the topics; who sent JSON hears the names sent. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "featureSpace must be a or b, was featureSpace | feature_space must be a or b, was featureSpace",
                "shownFirst must be 0 to 1, was 2 | shown_first must be 0 to 1, was 2",
                "context.myField must be text | context.myField must be text",
            })
    void a422NamesFieldsAsTheJsonDoes(String said, String answered) throws Exception {
        try (ServedGateway gateway = new ServedGateway(GatewaySettings.DEFAULTS.withPort(0), true)) {
            gateway.refusal = Optional.of(new Admission.Refused(RefusalReason.FEATURE_SPACE_MISMATCH, said));
            HttpResponse<String> answer = gateway.post("/v1/judgments", ServedGateway.JUDGMENT);
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("\"" + answered + "\"");
        }
    }

    @Test
    void pseudonymsAreTheSameForJudgmentsRetractionsAndErasures() throws Exception {
        GatewaySettings settings = SmallGateway.withKeys(new GatewaySettings.Keys(null, null, KEY));
        try (ServedGateway gateway = new ServedGateway(settings, true)) {
            gateway.post("/v1/judgments", JUDGMENT);
            ServedGateway.send(gateway.to("/v1/judgments/ann/j1").DELETE());
            ServedGateway.send(gateway.to("/v1/judgments/-/j1").DELETE());
            ServedGateway.send(gateway.to("/v1/annotators/ann").DELETE());

            List<JudgmentMessage> messages = judgments(gateway);
            String pseudonym = new Pseudonyms(KEY).of("ann");
            assertThat(pseudonym).startsWith("p-").doesNotContain("ann").hasSize(34);
            assertThat(messages).extracting(JudgmentMessage::annotatorId).containsExactly(pseudonym, pseudonym, null);
            Command command = new CommandCodec()
                    .decode(gateway.sentTo("t.commands").get(0).value());
            assertThat(((Command.EraseAnnotator) command).annotatorId()).isEqualTo(pseudonym);
        }
    }

    @Test
    void whatAPlatformSaysAndNobodyUnderstandsIsKeptAsReceived() throws Exception {
        try (ServedGateway gateway = new ServedGateway(SmallGateway.SETTINGS, true)) {
            String payload = "{\"action\":\"ANNOTATION_CREATED\"}";
            HttpResponse<String> answer = gateway.post("/v1/webhooks/label-studio", payload);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).get("dead_lettered").asInt())
                    .isOne();
            var letter = gateway.sentTo("t.judgments.dlq").get(0);
            assertThat(letter.value()).asString(StandardCharsets.UTF_8).isEqualTo(payload);
            assertThat(new String(letter.headers().lastHeader("assay.reason").value(), StandardCharsets.UTF_8))
                    .isEqualTo("PLATFORM_PAYLOAD");
            assertThat(new String(letter.headers().lastHeader("assay.source").value(), StandardCharsets.UTF_8))
                    .isEqualTo("label-studio");
        }
    }

    @Test
    void anAnnotationTakenBackByItsIdAloneIsFoundAndAnUnknownOneIsKept() throws Exception {
        try (ServedGateway gateway = new ServedGateway(SmallGateway.withRoom(8192, 16384), true)) {
            String made = """
                    {"action":"ANNOTATION_CREATED","project":{"id":1,"label_config":"<View><Text name=\\"a\\" value=\\"$a\\"/>\
                    <Text name=\\"b\\" value=\\"$b\\"/><Pairwise name=\\"pw\\" toName=\\"a,b\\"/></View>"},
                     "task":{"id":5,"data":{"a":"one","b":"two","prompt":"q"}},
                     "annotation":{"id":17,"task":5,"completed_by":3,"was_cancelled":false,"result":[
                       {"id":"r","from_name":"pw","to_name":"a","type":"pairwise","value":{"selected":"left"}}]}}""";
            HttpResponse<String> judged = gateway.post("/v1/webhooks/label-studio", made);
            assertThat(JSON.readTree(judged.body()).get("judged").asInt())
                    .as(judged.body() + gateway.sentTo("t.judgments.dlq"))
                    .isOne();
            assertThat(gateway.producer.history().get(0).topic()).isEqualTo("t.judgment-ids");

            String gone = "{\"action\":\"ANNOTATIONS_DELETED\",\"annotations\":[{\"id\":17},{\"id\":99}],"
                    + "\"project\":{\"id\":1}}";
            JsonNode answer = JSON.readTree(
                    gateway.post("/v1/webhooks/label-studio", gone).body());

            assertThat(answer.get("withdrawn").asInt()).isOne();
            assertThat(answer.get("dead_lettered").asInt()).isOne();
            List<JudgmentMessage> messages = judgments(gateway);
            assertThat(messages.get(1).judgmentId()).isEqualTo(messages.get(0).judgmentId());
            assertThat(messages.get(1).annotatorId()).isEqualTo(messages.get(0).annotatorId());
            assertThat(new String(
                            gateway.sentTo("t.judgments.dlq")
                                    .get(0)
                                    .headers()
                                    .lastHeader("assay.reason")
                                    .value(),
                            StandardCharsets.UTF_8))
                    .isEqualTo("UNKNOWN_PLATFORM_ID");
        }
    }

    private static List<JudgmentMessage> judgments(ServedGateway gateway) throws UndecodableException {
        List<JudgmentMessage> messages = new ArrayList<>();
        for (var record : gateway.sentTo("t.judgments")) {
            messages.add(new JudgmentCodec().decode(record.value()));
        }
        return messages;
    }

    private static HttpRequest.BodyPublisher body(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    private static int status(HttpRequest.Builder request, String token) throws Exception {
        request.header("Content-Type", "application/json");
        return ServedGateway.send(token.equals("none") ? request : request.header("Authorization", "Bearer " + token))
                .statusCode();
    }

    private static HttpRequest.Builder judgment(ServedGateway gateway) {
        return gateway.to("/v1/judgments")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JUDGMENT));
    }
}
