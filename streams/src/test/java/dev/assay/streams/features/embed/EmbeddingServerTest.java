package dev.assay.streams.features.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.streams.features.embed.EmbeddingFailure.Remedy;
import dev.assay.streams.features.embed.FakeServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingServerTest {
    private static final List<String> TEXTS = List.of("abc", "Ä", "");

    @Test
    void aTeiServerIsAskedAndReadByItsContract() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.tei(request))) {
            List<float[]> embeddings = new EmbeddingServer(server.endpoint(Contract.TEI)).embed(TEXTS);

            assertThat(embeddings).containsExactly(new float[] {3, 'a'}, new float[] {1, 'Ä'}, new float[] {0, 0});
            FakeServer.Request request = server.requests().get(0);
            assertThat(request.path()).isEqualTo("/embed");
            assertThat(request.body().toString()).isEqualTo("{\"inputs\":[\"abc\",\"Ä\",\"\"],\"truncate\":true}");
            assertThat(request.authorization()).isEqualTo("null");
        }
    }

    @Test
    void anOpenAiServerIsAskedAndReadByIndexWhateverTheOrderOfItsAnswer() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.openAiBackwards(request))) {
            Endpoint open = server.endpoint(Contract.OPENAI);
            Endpoint endpoint =
                    new Endpoint(open.contract(), open.server(), "small", "sk-secret", 2, Duration.ofSeconds(20));

            List<float[]> embeddings = new EmbeddingServer(endpoint).embed(TEXTS);

            assertThat(embeddings).containsExactly(new float[] {3, 'a'}, new float[] {1, 'Ä'}, new float[] {0, 0});
            FakeServer.Request request = server.requests().get(0);
            assertThat(request.path()).isEqualTo("/v1/embeddings");
            assertThat(request.body().toString()).isEqualTo("{\"model\":\"small\",\"input\":[\"abc\",\"Ä\",\"\"]}");
            assertThat(request.authorization()).isEqualTo("Bearer sk-secret");
            assertThat(endpoint.toString()).doesNotContain("secret");
        }
    }

    @Test
    void anAddressWithAPathIsAskedThere() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.tei(request))) {
            Endpoint there = new Endpoint(
                    Contract.TEI, server.address().resolve("/models/e?v=1"), null, null, 2, Duration.ofSeconds(20));

            new EmbeddingServer(there).embed(TEXTS);

            assertThat(server.requests().get(0).path()).isEqualTo("/models/e?v=1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [[1,2],[3,4]]               | NONE  | the answer must be a list of 3 embeddings, was one of 2
            {"embeddings":[]}           | NONE  | the answer must be a list of 3 embeddings, was object
            [[1,2],[3,4],[5,6,7]]       | NONE  | an embedding must have 2 numbers, as features.dimension says, had 3
            [[1,2],[3,4],null]          | NONE  | an embedding must have 2 numbers, as features.dimension says, had none
            [[1,2],[3,NaN],[5,6]]       | FEWER | embedding[1][1] must be a finite number, was NaN
            [[1,2],[3,4],[1e99,6]]      | FEWER | embedding[2][0] must be a finite number, was 1.0E99
            [[1,2],[3,null],[5,6]]      | FEWER | embedding[1][1] must be a finite number, was null
            [[1,2],[3,"x"],[5,6]]       | FEWER | embedding[1][1] must be a finite number, was "x"
            <html>busy</html>           | LATER | must be JSON, was <html>busy</html>
            [[1,2],[3,4],[5,            | LATER | must be JSON, was [[1,2],[3,4],[5,
            ''                          | LATER | must be JSON, was (empty)
            """)
    void anAnswerThatIsNotWhatWasAskedForIsRefused(String body, Remedy remedy, String message) throws Exception {
        failsWith(Contract.TEI, FakeServer.ok(body), remedy, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"data":[{"index":0,"embedding":[1,2]}]}  | data must be a list of 3 embeddings, was one of 1
            {"data":[{"index":0},{"index":1},{"index":1}]} | data[].index must name each of 0 to 2 once, was 1 twice
            {"data":[{"index":0},{"index":1},{"index":3}]} | data[].index must name each of 0 to 2 once, was 3
            {"data":[{"index":0},{"index":1},{"x":3}]}     | data[].index must name each of 0 to 2 once, was missing
            {"data":[{"index":0},{"index":1},{"index":2}]} | an embedding must have 2 numbers, as features.dimension says, had none
            {"error":"x"}                                  | data must be a list of 3 embeddings, was missing
            """)
    void anOpenAiAnswerThatDoesNotNameEachTextOnceIsRefused(String body, String message) throws Exception {
        failsWith(Contract.OPENAI, FakeServer.ok(body), Remedy.NONE, message);
    }

    @ParameterizedTest
    @CsvSource({
        "400, FEWER",
        "413, FEWER",
        "422, FEWER",
        "424, FEWER",
        "401, NONE",
        "403, NONE",
        "404, NONE",
        "301, NONE",
        "408, LATER",
        "429, LATER",
        "500, LATER",
        "503, LATER"
    })
    void aStatusSaysWhatToDo(int status, Remedy remedy) throws Exception {
        failsWith(Contract.TEI, FakeServer.status(status, "no"), remedy, "answers with status " + status + ": no");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 0", "'Fri, 07 Nov 2025 23:59:59 GMT', -1", "-3, -1", "99999999999999999999, -1"})
    void howLongToWaitIsReadFromTheAnswerIfItIsANumberOfSeconds(String header, long seconds) throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> new Answer(429, "busy", header))) {
            EmbeddingFailure failure = failure(server.endpoint(Contract.TEI));

            assertThat(failure.retryAfter()).isEqualTo(seconds < 0 ? null : Duration.ofSeconds(seconds));
        }
    }

    @Test
    void theKeyIsNotRepeatedThoughTheServerRepeatsIt() throws Exception {
        try (FakeServer server =
                FakeServer.answering((n, request) -> FakeServer.status(401, "wrong key " + request.authorization()))) {
            Endpoint endpoint =
                    new Endpoint(Contract.TEI, server.address(), null, "sk-secret", 2, Duration.ofSeconds(20));

            assertThat(failure(endpoint)).hasMessageContaining("wrong key Bearer ***");
        }
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsGivenUp() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (FakeServer server = FakeServer.answering((n, request) -> {
            never.await();
            return FakeServer.tei(request);
        })) {
            Endpoint endpoint = new Endpoint(Contract.TEI, server.address(), null, null, 2, Duration.ofMillis(100));

            EmbeddingFailure failure = failure(endpoint);

            assertThat(failure.remedy()).isEqualTo(Remedy.LATER);
            assertThat(failure).hasMessage("no answer from " + server.address() + "/embed within PT0.1S");
        }
    }

    @Test
    void anAnswerLongerThanAnyRightOneIsGivenUp() throws Exception {
        String long1 = "[" + "1,".repeat(200_000) + "1]";
        failsWith(Contract.TEI, FakeServer.ok(long1), Remedy.LATER, "the answer is longer than 65776 bytes");
    }

    @Test
    void aServerThatIsNotThereMayComeBack() throws Exception {
        Endpoint gone;
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.tei(request))) {
            gone = server.endpoint(Contract.TEI);
        }

        EmbeddingFailure failure = failure(gone);

        assertThat(failure.remedy()).isEqualTo(Remedy.LATER);
        assertThat(failure).hasMessageContaining("ConnectException");
    }

    private static void failsWith(Contract contract, Answer answer, Remedy remedy, String message) throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> answer)) {
            EmbeddingFailure failure = failure(server.endpoint(contract));

            assertThat(failure).hasMessageContaining(message);
            assertThat(failure.remedy()).isEqualTo(remedy);
        }
    }

    private static EmbeddingFailure failure(Endpoint endpoint) {
        return catchThrowableOfType(EmbeddingFailure.class, () -> new EmbeddingServer(endpoint).embed(TEXTS));
    }
}
