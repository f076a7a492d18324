package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens in the deployment, over HTTP. */
class SeenHttpTest {
    private static final double QUANTILE_90 = 1.6448536269514722; // of the normal distribution, from its tables

    private ServedScorer scorer;

    @BeforeEach
    void start() {
        scorer = new ServedScorer();
    }

    @AfterEach
    void stop() {
        scorer.close();
    }

    @Test
    void beforeAnythingWasSeenTheListsAreEmptyAndNoTimeIsSaid() throws Exception {
        JsonNode annotators = scorer.get("/v1/annotators").json();
        assertThat(annotators.at("/reported_at").isNull()).isTrue();
        assertThat(annotators.at("/annotators")).isEmpty();
        assertThat(annotators.at("/level").asDouble()).isEqualTo(0.95);
        assertThat(scorer.get("/v1/refusals").json().at("/total").asInt()).isZero();
        assertThat(scorer.get("/v1/activity").json().at("/running").isNull()).isTrue();
    }

    @Test
    void annotatorsComeWithTheIntervalAtTheLevelAskedForAndTheirFlags() throws Exception {
        scorer.seen = SeenExamples.seen();
        JsonNode answer = scorer.get("/v1/annotators?level=0.9&limit=3").json();

        assertThat(answer.at("/model").asText()).isEqualTo("small");
        assertThat(answer.at("/annotators_total").asInt()).isEqualTo(4);
        assertThat(answer.at("/judged_total").asDouble()).isEqualTo(90.5);
        assertThat(answer.at("/annotators")).hasSize(3);
        assertThat(answer.at("/annotators/0/annotator").asText()).isEqualTo("b");
        assertThat(answer.at("/annotators/0/flag").asText()).isEqualTo("negative");
        assertThat(answer.at("/annotators/1/flag").asText()).isEqualTo("below");
        assertThat(answer.at("/annotators/2/flag").isNull()).isTrue();
        assertThat(answer.at("/annotators/0/upper").asDouble()).isCloseTo(-0.5 + QUANTILE_90 / 2, within(1e-9));
        assertThat(answer.at("/annotators/0/lower").asDouble()).isCloseTo(-0.5 - QUANTILE_90 / 2, within(1e-9));
    }

    @Test
    void ofWhomNothingIsKnownThereIsNoBound() throws Exception {
        scorer.seen = SeenExamples.seen();
        JsonNode unknown = scorer.get("/v1/annotators").json().at("/annotators/3");
        assertThat(unknown.at("/standard_error").isNull()).isTrue();
        assertThat(unknown.at("/lower").isNull()).isTrue();
        assertThat(unknown.at("/multiplier").asDouble()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | limit must be 1 to 200, was '0'",
                "limit=201 | limit must be 1 to 200, was '201'",
                "limit=ten | limit must be 1 to 200, was 'ten'",
                "level=1 | level must be above 0 and at most 1 - 1e-12, was 1.0",
                "level=high | level must be a number, was 'high'",
            })
    void aBadQueryNamesFieldBoundAndValue(String query, String detail) throws Exception {
        ServedScorer.Reply reply = scorer.get("/v1/annotators?" + query);
        assertThat(reply.json().at("/detail").asText()).isEqualTo(detail);
        assertThat(reply.status()).isEqualTo(400);
    }
}
