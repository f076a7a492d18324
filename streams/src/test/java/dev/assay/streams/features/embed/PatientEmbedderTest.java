package dev.assay.streams.features.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.streams.features.embed.FakeServer.Answer;
import dev.assay.streams.patience.FakePatience;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatientEmbedderTest {
    private static final List<String> TEXTS = List.of("abc");
    private final FakePatience time = new FakePatience();
    private final EmbeddingCounts counts = new EmbeddingCounts();

    @Test
    void aServerThatFailsIsAskedAgainAfterLongerAndLongerPausesUntilItAnswers() throws Exception {
        try (FakeServer server = FakeServer.answering(
                (n, request) -> n < 3 ? FakeServer.status(503, "starting") : FakeServer.tei(request))) {
            List<float[]> embeddings = patient(server, 4).embed(TEXTS);

            assertThat(embeddings).containsExactly(new float[] {3, 'a'});
            assertThat(time.pauses())
                    .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMillis(400));
            assertThat(counts.requests()).isEqualTo(4);
        }
    }

    @Test
    void aServerThatNamesATimeIsLeftAloneForSoLong() throws Exception {
        try (FakeServer server =
                FakeServer.answering((n, request) -> n == 0 ? new Answer(429, "busy", "7") : FakeServer.tei(request))) {
            patient(server, 4).embed(TEXTS);

            assertThat(time.pauses()).containsExactly(Duration.ofSeconds(7));
        }
    }

    @Test
    void patienceEndsWithTheTriesThere() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.status(500, "broken"))) {
            assertThatThrownBy(() -> patient(server, 2).embed(TEXTS))
                    .isInstanceOf(EmbeddingFailure.class)
                    .hasMessageEndingWith("answers with status 500: broken, after 3 tries");

            assertThat(time.pauses()).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
        }
    }

    @Test
    void patienceEndsBeforeATimeTooLongToWait() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> new Answer(429, "busy", "20"))) {
            assertThatThrownBy(() -> patient(server, 4).embed(TEXTS)).hasMessageEndingWith("after 2 tries");

            assertThat(time.pauses())
                    .containsExactly(Duration.ofSeconds(20)); // A second would have ended after the 30 s allowed.
        }
    }

    @Test
    void othersDoNotWaitForAServerThatIsDownButItIsAskedAgainLater() throws Exception {
        try (FakeServer server =
                FakeServer.answering((n, request) -> n == 0 ? FakeServer.status(500, "") : FakeServer.tei(request))) {
            PatientEmbedder patient = patient(server, 0);
            assertThatThrownBy(() -> patient.embed(TEXTS)).hasMessageContaining("500");

            assertThatThrownBy(() -> patient.embed(TEXTS)).hasMessageContaining("did not answer just now");

            assertThat(server.requests()).hasSize(1);
            time.pass(PatientEmbedder.DOWN);
            assertThat(patient.embed(TEXTS)).hasSize(1);
        }
    }

    @Test
    void whatNoWaitingHelpsIsNotTriedAgain() throws Exception {
        try (FakeServer server = FakeServer.answering((n, request) -> FakeServer.status(400, "too long"))) {
            PatientEmbedder patient = patient(server, 4);
            assertThatThrownBy(() -> patient.embed(TEXTS)).hasMessageEndingWith("status 400: too long");
            assertThatThrownBy(() -> patient.embed(TEXTS)).hasMessageEndingWith("status 400: too long");

            assertThat(server.requests()).hasSize(2);
            assertThat(time.pauses()).isEmpty();
        }
    }

    private PatientEmbedder patient(FakeServer server, int retries) {
        return new PatientEmbedder(new EmbeddingServer(server.endpoint(Contract.TEI)), retries, time, counts);
    }
}
