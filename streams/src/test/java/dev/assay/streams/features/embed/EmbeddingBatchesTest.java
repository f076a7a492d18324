package dev.assay.streams.features.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.streams.patience.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddingBatchesTest {
    /** Longer than any test: a batch goes when it is full. */
    private static final Duration UNTIL_FULL = Duration.ofMinutes(5);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final EmbeddingCounts counts = new EmbeddingCounts();

    @AfterEach
    void endCallers() {
        callers.shutdownNow();
    }

    @Test
    void textsOfManyThreadsShareOneRequestAndEachGetsItsOwnAnswers() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.openAiBackwards(request));
                EmbeddingBatches batches = batches(server, Contract.OPENAI, 16, UNTIL_FULL)) {
            List<Future<List<float[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                List<String> texts = List.of("a".repeat(i + 1), "b".repeat(i + 100));
                answers.add(callers.submit(() -> batches.embed(texts)));
            }

            for (int i = 0; i < 8; i++) {
                assertThat(answers.get(i).get()).containsExactly(new float[] {i + 1, 'a'}, new float[] {i + 100, 'b'});
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aBatchThatIsNotFullGoesAfterAMoment() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.tei(request));
                EmbeddingBatches batches = batches(server, Contract.TEI, 16, Duration.ofMillis(1))) {
            assertThat(batches.embed(List.of("abc"))).containsExactly(new float[] {3, 'a'});
        }
    }

    @Test
    void textsOfOneCallerStayTogetherUnlessTheyAreTooManyForARequest() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.tei(request));
                EmbeddingBatches batches = batches(server, Contract.TEI, 4, Duration.ZERO)) {
            List<String> texts =
                    IntStream.range(0, 10).mapToObj(i -> "a".repeat(i)).toList();

            List<float[]> embeddings = batches.embed(texts);

            assertThat(embeddings)
                    .extracting(embedding -> (int) embedding[0])
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            assertThat(server.requests().stream().map(request -> request.texts().size()))
                    .containsExactlyInAnyOrder(4, 4, 2);
        }
    }

    @Test
    void oneBadTextCostsNobodyElseTheAnswer() throws Exception {
        FakeServer.Behaviour refusesX = (n, request) ->
                request.texts().contains("x") ? FakeServer.status(400, "bad text") : FakeServer.tei(request);
        try (FakeServer server = FakeServer.answering(refusesX);
                EmbeddingBatches batches = batches(server, Contract.TEI, 8, UNTIL_FULL)) {
            Future<List<float[]>> bad = callers.submit(() -> batches.embed(List.of("ok", "x")));
            List<Future<List<float[]>>> good = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                good.add(callers.submit(() -> batches.embed(List.of("good", "text"))));
            }

            assertThatThrownBy(bad::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageEndingWith("status 400: bad text");
            for (Future<List<float[]>> answer : good) {
                assertThat(answer.get()).containsExactly(new float[] {4, 'g'}, new float[] {4, 't'});
            }
        }
    }

    @Test
    void aServerThatTakesFewerTextsAtATimeGetsFewer() throws Exception {
        FakeServer.Behaviour atMostThree = (n, request) ->
                request.texts().size() > 3 ? FakeServer.status(413, "at most 3") : FakeServer.tei(request);
        try (FakeServer server = FakeServer.answering(atMostThree);
                EmbeddingBatches batches = batches(server, Contract.TEI, 32, Duration.ZERO)) {
            List<String> texts =
                    IntStream.range(0, 10).mapToObj(i -> "a".repeat(i)).toList();

            assertThat(batches.embed(texts))
                    .extracting(embedding -> (int) embedding[0])
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void whoWaitsWhenItIsClosedWaitsNoMore() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        try (FakeServer server = FakeServer.answering((n, request) -> {
                    asked.countDown();
                    never.await();
                    return FakeServer.tei(request);
                });
                EmbeddingBatches batches = batches(server, Contract.TEI, 1, UNTIL_FULL)) {
            Future<List<float[]>> answer = callers.submit(() -> batches.embed(List.of("abc")));
            asked.await();

            batches.close();

            assertThatThrownBy(answer::get).hasMessageContaining("closed");
        }
    }

    private EmbeddingBatches batches(FakeServer server, Contract contract, int size, Duration linger) {
        Embedder patient =
                new PatientEmbedder(new EmbeddingServer(server.endpoint(contract)), 0, Patience.system(), counts);
        return new EmbeddingBatches(patient, size, linger, counts);
    }
}
