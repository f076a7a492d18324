package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** compare, rationality, suggest: θ = (1, 0, −1, ½), γ = (½, −½, −1½, 0), every standard error ½. */
class AskHttpTest {
    private static final double NORMAL_QUANTILE = 1.959963984540054;

    private final ServedScorer scorer = new ServedScorer();

    @BeforeEach
    void publish() {
        scorer.newest.offer(ServedScorer.snapshot(1));
    }

    @AfterEach
    void stop() {
        scorer.close();
    }

    @Test
    void twoResponsesAreComparedWithTheirProbability() throws Exception {
        JsonNode answer = scorer.post(
                        "/v1/compare",
                        "{\"first\": {\"features\": [1, 1, 0, 0]}, \"second\": {\"features\": [0, 0, 0, 0]}}")
                .json();

        double error = Math.sqrt(2) / 2;
        assertThat(answer.at("/difference/estimate").asDouble()).isEqualTo(1);
        assertThat(answer.at("/difference/standard_error").asDouble()).isCloseTo(error, within(1e-12));
        assertThat(answer.at("/z").asDouble()).isCloseTo(1 / error, within(1e-12));
        assertThat(answer.at("/p_value").asDouble()).isCloseTo(0.157299207050285, within(1e-12)); // erfc(1)
        assertThat(answer.at("/probability_first/estimate").asDouble())
                .isCloseTo(1 / (1 + Math.exp(-1)), within(1e-12));
        assertThat(answer.at("/probability_first/lower").asDouble())
                .isCloseTo(1 / (1 + Math.exp(-1 + NORMAL_QUANTILE * error)), within(1e-9));
    }

    @Test
    void inAContextTheMarginIsRationalityTimesDifferenceByTheDeltaMethod() throws Exception {
        JsonNode answer = scorer.post(
                        "/v1/compare",
                        "{\"first\": {\"features\": [1, 1, 0, 0]}, \"second\": {\"features\": [0, 0, 0, 0]},"
                                + " \"context\": {\"kind\": \"expert\"}}")
                .json();

        assertThat(answer.at("/rationality/estimate").asDouble()).isEqualTo(1.5);
        assertThat(answer.at("/margin/estimate").asDouble()).isEqualTo(1.5);
        // v = (1.5 z, 1 psi): squared length 1.5² · 2 + 1, times a quarter.
        assertThat(answer.at("/margin/standard_error").asDouble()).isCloseTo(Math.sqrt(5.5 / 4), within(1e-12));
        assertThat(answer.at("/probability_first/estimate").asDouble())
                .isCloseTo(1 / (1 + Math.exp(-1.5)), within(1e-12));
    }

    @Test
    void identicalResponsesDifferByNothing() throws Exception {
        JsonNode answer = scorer.post(
                        "/v1/compare",
                        "{\"first\": {\"features\": [1, 1, 0, 0]}, \"second\": {\"features\": [1, 1, 0, 0]}}")
                .json();
        assertThat(answer.at("/z").asDouble()).isZero();
        assertThat(answer.at("/p_value").asDouble()).isEqualTo(1);
    }

    @Test
    void rationalityIsGivenWithItsInterval() throws Exception {
        JsonNode answer = scorer.post(
                        "/v1/rationality",
                        "{\"contexts\": [{\"kind\": \"adversarial\", \"fatigue\": 0}, {\"kind\": \"robot\", \"fatigue\": 1}]}")
                .json();

        JsonNode adversarial = answer.at("/contexts/0");
        assertThat(adversarial.at("/rationality").asDouble()).isEqualTo(-0.5);
        assertThat(adversarial.at("/standard_error").asDouble()).isCloseTo(0.5, within(1e-12));
        assertThat(adversarial.at("/upper").asDouble()).isCloseTo(-0.5 + NORMAL_QUANTILE / 2, within(1e-9));
        assertThat(answer.at("/contexts/1/unseen_levels").asInt()).isEqualTo(1);
    }

    @Test
    void suggestionsComeWithTheirGainsInClosedForm() throws Exception {
        JsonNode answer = scorer.post("/v1/suggest", """
                {"count": 2, "pairs": [
                  {"id": "small", "first": {"features": [0, 1, 0, 0]}, "second": {"features": [0, 0, 0, 0]}},
                  {"id": "large", "first": {"features": [0, 2, 0, 0]}, "second": {"features": [0, 0, 0, 0]}}]}""").json();

        // Margins of 0: pi = ½, v = z at the reference. The second pick lies along the first.
        double first = Math.log(1 + 0.25 * 4 / 4);
        double both = Math.log(1 + 0.25 * 5 / 4);
        assertThat(answer.at("/suggestions/0/pair").asInt()).isEqualTo(1);
        assertThat(answer.at("/suggestions/0/id").asText()).isEqualTo("large");
        assertThat(answer.at("/suggestions/0/gain").asDouble()).isCloseTo(first, within(1e-12));
        assertThat(answer.at("/suggestions/1/gain").asDouble()).isCloseTo(both - first, within(1e-12));
        assertThat(answer.at("/suggestions/1/gain_alone").asDouble()).isCloseTo(Math.log(1 + 0.25 / 4), within(1e-12));
        assertThat(answer.at("/total_gain").asDouble()).isCloseTo(both, within(1e-12));
    }

    @Test
    void suggestionsAmongPromptsNameThePairAndTheAnnotatorWhoTellsMost() throws Exception {
        JsonNode answer = scorer.post("/v1/suggest", """
                {"count": 1, "prompts": [
                  {"id": "p", "candidates": [{"features": [0, 0, 0, 0]}, {"features": [0, 1, 0, 0]}, {"features": [0, 3, 0, 0]}]}],
                 "annotators": [{"id": "ann", "context": {"kind": "novice"}}, {"id": "bob", "context": {"kind": "expert"}}]}""").json();

        JsonNode best = answer.at("/suggestions/0");
        assertThat(best.at("/id").asText()).isEqualTo("p");
        assertThat(best.at("/first").asInt()).isEqualTo(0);
        assertThat(best.at("/second").asInt()).isEqualTo(2);
        assertThat(best.at("/annotator").asText()).isEqualTo("bob"); // σ 1.5 beats ½ where the margin is 0
        assertThat(best.at("/gain").asDouble()).isCloseTo(Math.log(1 + 0.25 * 9 * 2.25 / 4), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/compare | {\"first\":{\"features\":[1,0,0,0]}} | first and second, or policies, must be given, was without second",
                "/v1/compare | {\"first\":{\"features\":[1,0,0,0]},\"second\":{\"features\":[1]}} | second.features must have 4 numbers",
                "/v1/rationality | {} | either context or contexts must be given, was neither",
                "/v1/rationality | {\"context\":{\"fatigue\":\"much\"}} | context: ",
                "/v1/rationality | {\"contexts\":[{\"fatigue\":[1]}]} | contexts[0] must have texts, numbers, true and false for values, was an array in fatigue",
                "/v1/rationality | {\"contexts\":[null]} | contexts[0] must be an object, was null",
                "/v1/suggest | {} | either pairs or prompts must be given, was neither",
                "/v1/suggest | {\"pairs\":[]} | pairs must have at least one pair, had none",
                "/v1/suggest | {\"pairs\":[],\"count\":0} | count must be 1 to 10000, was 0",
                "/v1/suggest | {\"pairs\":[{\"first\":{\"features\":[1,0,0,0]}}]} | pairs[0].second must be an object, was null",
                "/v1/suggest | {\"prompts\":[{\"candidates\":[{\"features\":[1,0,0,0]}]}]} | prompts must have at least one pair, had none",
                "/v1/suggest | {\"prompts\":[{\"candidates\":[{\"features\":[1]},{\"features\":[1]}]}]} | prompts[0].candidates[0].features must have 4 numbers",
            })
    void aBadQuestionNamesFieldBoundAndValue(String path, String body, String detail) throws Exception {
        ServedScorer.Reply reply = scorer.post(path, body);
        assertThat(reply.json().at("/detail").asText()).contains(detail);
        assertThat(reply.status()).isEqualTo(400);
    }
}
