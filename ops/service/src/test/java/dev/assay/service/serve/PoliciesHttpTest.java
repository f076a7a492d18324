package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.estimator.algebra.Vector;
import dev.assay.streams.settings.ServeSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** θ = (1, 0, −1, ½), every standard error ½. */
class PoliciesHttpTest {
    private static final PolicyResponses THREE = new PolicyResponses(
            List.of("bad", "good", "same"),
            List.of(
                    List.of(Vector.of(0, 0, 5, 0), Vector.of(0, 0, 7, 0)),
                    List.of(Vector.of(9, 0, 0, 0), Vector.of(9, 0, 0, 0)),
                    List.of(Vector.of(9, 0, 0, 0), Vector.of(9, 0, 0, 0))));

    @Test
    void twoPoliciesDifferByTheirMeansWithBothVariances() throws Exception {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            JsonNode pair = scorer.post("/v1/compare", """
                    {"policies": [
                      {"policy": "a", "responses": [{"features": [1, 0, 0, 0]}, {"features": [3, 0, 0, 0]}]},
                      {"policy": "b", "responses": [{"features": [0, 0, 0, 0]}, {"features": [0, 0, 0, 0]}]}]}""").json().at("/comparisons/0");

            assertThat(pair.at("/first").asText()).isEqualTo("a");
            assertThat(pair.at("/estimate").asDouble()).isCloseTo(2, within(1e-12));
            // δ̄ = (2, 0, 0, 0): 4 · ¼. Rewards 1 and 3: variance 2, over 2 prompts.
            assertThat(pair.at("/estimation_variance").asDouble()).isCloseTo(1, within(1e-12));
            assertThat(pair.at("/prompt_variance").asDouble()).isCloseTo(1, within(1e-12));
            assertThat(pair.at("/standard_error").asDouble()).isCloseTo(Math.sqrt(2), within(1e-12));
            assertThat(pair.at("/holm_p_value").asDouble())
                    .isEqualTo(pair.at("/p_value").asDouble());
        }
    }

    @Test
    void theLeaderboardCountsFromTheAveragePolicyAndRanksThoseThatDiffer() throws Exception {
        try (ServedScorer scorer =
                new ServedScorer(ServeSettings.DEFAULTS, ServedScorer.DEPLOYMENT.featureSpace(), THREE)) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            JsonNode board = scorer.get("/v1/leaderboard?level=0.5").json();

            assertThat(board.at("/prompts").asInt()).isEqualTo(2);
            // Means 9, 9 and −6; their average is 4.
            assertThat(board.at("/policies/0/reward").asDouble()).isCloseTo(5, within(1e-12));
            assertThat(board.at("/policies/0/rank").asInt()).isEqualTo(1);
            assertThat(board.at("/policies/1/rank").asInt()).isEqualTo(1);
            assertThat(board.at("/policies/1/rank_upper").asInt()).isEqualTo(2);
            assertThat(board.at("/policies/2/policy").asText()).isEqualTo("bad");
            assertThat(board.at("/policies/2/reward").asDouble()).isCloseTo(-10, within(1e-12));
            assertThat(board.at("/policies/2/rank_lower").asInt()).isEqualTo(3);
        }
    }

    @Test
    void withoutResponsesThereIsNoLeaderboard() throws Exception {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            ServedScorer.Reply reply = scorer.get("/v1/leaderboard");
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.json().at("/detail").asText()).contains("--responses");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"policies\":[]} | policies must be 2 to 64, were 0",
                "{\"policies\":[null,null]} | policies[0] must be an object with policy and responses",
                "{\"policies\":[{\"policy\":\"a\",\"responses\":[{\"features\":[1,0,0,0]}]},{}]} | policies[0].responses must be at least 2, were 1",
                "{\"quantile\":2,\"policies\":[{},{}]} | quantile must not be given for policies",
                "{\"policies\":[],\"first\":{}} | policies must stand alone",
                "{\"policies\":[{\"policy\":\"a\",\"responses\":[{\"features\":[1,0,0,0]},{\"features\":[1,0,0]}]},{}]} | policies[0].responses[1].features must have 4 numbers",
            })
    void whatCannotBeComparedIsNamed(String body, String detail) throws Exception {
        try (ServedScorer scorer = new ServedScorer()) {
            scorer.newest.offer(ServedScorer.snapshot(1));
            ServedScorer.Reply reply = scorer.post("/v1/compare", body);
            assertThat(reply.json().at("/detail").asText()).contains(detail);
            assertThat(reply.status()).isEqualTo(400);
        }
    }
}
