package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.model.Decision;
import dev.assay.streams.score.DecisionMaker;
import dev.assay.streams.score.Replay;
import dev.assay.streams.score.ScoringModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreHttpTest {
    private static final double NORMAL_QUANTILE = 1.959963984540054;

    private final ServedScorer scorer = new ServedScorer();

    @AfterEach
    void stop() {
        scorer.close();
    }

    @Test
    void rewardsAndBoundsAreTheOnesWorkedByHand() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        ServedScorer.Reply reply = scorer.post("/v1/score", """
                {"responses": [{"id": "a", "features": [2, 0, 0, 0]}, {"features": [0, 3, -4, 0]}]}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/parameter_version").asLong()).isEqualTo(1);
        assertThat(reply.json().at("/feature_space").asText())
                .isEqualTo(ServedScorer.DEPLOYMENT.featureSpace().id());
        assertThat(reply.json().at("/covariance").asText()).isEqualTo("model");
        assertThat(reply.json().at("/center").asText()).isEqualTo("feature-space");
        assertThat(reply.json().at("/level").asDouble()).isEqualTo(0.95);
        JsonNode first = reply.json().at("/responses/0");
        assertThat(first.at("/id").asText()).isEqualTo("a");
        assertThat(first.at("/reward").asDouble()).isEqualTo(2);
        assertThat(first.at("/standard_error").asDouble()).isCloseTo(1, within(1e-12));
        assertThat(first.at("/lower").asDouble()).isCloseTo(2 - NORMAL_QUANTILE, within(1e-9));
        JsonNode second = reply.json().at("/responses/1");
        assertThat(second.has("id")).isFalse();
        assertThat(second.at("/reward").asDouble()).isEqualTo(4);
        assertThat(second.at("/standard_error").asDouble()).isCloseTo(2.5, within(1e-12));
        assertThat(second.at("/upper").asDouble()).isCloseTo(4 + 2.5 * NORMAL_QUANTILE, within(1e-9));
    }

    @Test
    void vectorsMayComeAsBase64OfLittleEndianFloats() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        // python3: base64.b64encode(struct.pack("<4f", 0, 3, -4, 0.5))
        ServedScorer.Reply reply =
                scorer.post("/v1/score", "{\"responses\": [{\"features\": \"AAAAAAAAQEAAAIDAAAAAPw==\"}]}");

        assertThat(reply.json().at("/responses/0/reward").asDouble()).isEqualTo(4.25);
    }

    @Test
    void pessimismPrefersTheSurerCandidate() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        ServedScorer.Reply reply = scorer.post("/v1/best-of-n", """
                {"center": "feature-space", "candidates": [
                  {"id": "long", "features": [2, 0, 0, 0]}, {"id": "short", "features": [1, 0, -0.9, 0]}]}""");

        assertThat(reply.json().at("/policy").asText()).isEqualTo("pessimistic");
        assertThat(reply.json().at("/best").asInt()).isEqualTo(0);
        assertThat(reply.json().at("/pessimistic").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/chosen").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/chosen_id").asText()).isEqualTo("short");
        // Of (1, 0, -0.9, 0) - (2, 0, 0, 0).
        assertThat(reply.json().at("/margin/runner_up").asInt()).isEqualTo(0);
        assertThat(reply.json().at("/margin/estimate").asDouble()).isCloseTo(-0.1, within(1e-7)); // 0.9 is a float32
        assertThat(reply.json().at("/margin/standard_error").asDouble()).isCloseTo(Math.sqrt(1.81) / 2, within(1e-7));
    }

    @Test
    void whatWasAnsweredIsKeptAndComputedAgainBitForBit() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        String request = "{\"candidates\": [{\"features\": [0.1, 2, 3, 4]}, {\"features\": [-1, 0.7, 0.3, 9]}]}";
        ServedScorer.Reply reply = scorer.post("/v1/best-of-n", request);
        scorer.post("/v1/score", "{\"responses\": [{\"features\": [1, 2]}]}"); // refused: nothing to keep

        assertThat(scorer.kept).hasSize(1);
        Decision decision = scorer.kept.get(0);
        assertThat(decision.origin().kind()).isEqualTo("/v1/best-of-n");
        // sha256sum of the request as sent.
        assertThat(decision.origin().requestHash())
                .isEqualTo(DecisionMaker.hash(request.getBytes(StandardCharsets.UTF_8)))
                .hasSize(64);
        assertThat(decision.intervals().rewards()[1])
                .isEqualTo(reply.json().at("/candidates/1/reward").asDouble());
        assertThat(decision.chosen()).isEqualTo(reply.json().at("/chosen").asInt());
        ScoringModel again = ScoringModel.of(ServedScorer.snapshot(1));
        assertThat(Replay.difference(
                        decision, again, Replay.features(decision, 4).orElseThrow()))
                .isEmpty();
    }

    @Test
    void aPlainChoiceIsKeptAsSuch() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        scorer.post("/v1/best-of-n", """
                {"policy": "plain", "center": "feature-space", "candidates": [
                  {"features": [2, 0, 0, 0]}, {"features": [1, 0, -0.9, 0]}]}""");

        Decision decision = scorer.kept.get(0); // the pessimistic one would be the second
        assertThat(decision.origin().kind()).isEqualTo("/v1/best-of-n?policy=plain");
        assertThat(decision.origin().path()).isEqualTo("/v1/best-of-n");
        assertThat(decision.chosen()).isEqualTo(0);
        assertThat(Replay.difference(
                        decision,
                        ScoringModel.of(ServedScorer.snapshot(1)),
                        Replay.features(decision, 4).orElseThrow()))
                .isEmpty();
    }

    @Test
    void bestOfNCountsFromTheCandidatesUnlessSaid() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        ServedScorer.Reply reply = scorer.post(
                "/v1/best-of-n", "{\"candidates\": [{\"features\": [3, 0, 0, 0]}, {\"features\": [1, 0, 0, 0]}]}");

        assertThat(reply.json().at("/center").asText()).isEqualTo("candidates");
        assertThat(reply.json().at("/candidates/0/reward").asDouble()).isEqualTo(1);
        assertThat(reply.json().at("/candidates/1/reward").asDouble()).isEqualTo(-1);
    }

    @Test
    void abstentionChoosesNobodyWhileTheJudgmentsDoNotDecide() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        ServedScorer.Reply near = scorer.post("/v1/best-of-n", """
                {"policy": "abstain", "candidates": [{"features": [1, 1, 0, 0]}, {"features": [0, 0, 0, 0]}]}""");
        ServedScorer.Reply far = scorer.post("/v1/best-of-n", """
                {"policy": "abstain", "level": 0.9, "candidates": [{"features": [1, 0, -1, 0.5]}, {"features": [-1, 0, 1, -0.5]}]}""");

        assertThat(near.json().at("/chosen").isNull()).isTrue();
        assertThat(near.json().at("/abstaining/decided").asBoolean()).isFalse();
        assertThat(near.json().at("/abstaining/indices")).hasSize(2);
        // A difference of 1 with a standard error of √½ does not decide; twice the length 1.5 does: 4.5 with a standard
        // error of 1.5.
        assertThat(far.json().at("/chosen").asInt()).isEqualTo(0);
        assertThat(far.json().at("/margin/estimate").asDouble()).isCloseTo(4.5, within(1e-12));
        assertThat(far.json().at("/margin/standard_error").asDouble()).isCloseTo(1.5, within(1e-12));
    }

    @Test
    void aNewSnapshotReplacesTheOldOneAndAnOlderOneIsRefused() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(2));
        assertThat(scorer.newest.offer(ServedScorer.snapshot(1))).isFalse();
        assertThat(version()).isEqualTo(2);
        assertThat(scorer.newest.offer(ServedScorer.snapshot(3))).isTrue();
        assertThat(version()).isEqualTo(3);
    }

    private long version() throws Exception {
        return scorer.post("/v1/score", "{\"responses\": [{\"features\": [1, 0, 0, 0]}]}")
                .json()
                .at("/parameter_version")
                .asLong();
    }

    @Test
    void withoutASnapshotOfThisSpaceItSaysSoAndIsNotReady() throws Exception {
        ServedScorer.Reply none = scorer.post("/v1/score", "{\"responses\": [{\"features\": [1, 0, 0, 0]}]}");
        assertThat(none.status()).isEqualTo(503);
        assertThat(none.json().at("/detail").asText()).isEqualTo("no snapshot has been published yet");
        assertThat(scorer.get("/health/ready").status()).isEqualTo(503);

        scorer.newest.offer(ServedScorer.snapshot(1, "other:0123456789ab"));
        ServedScorer.Reply other = scorer.get("/health/ready");
        assertThat(other.status()).isEqualTo(503);
        assertThat(other.json().at("/why").asText()).contains("other:0123456789ab", "this scorer has small:");
    }

    @Test
    void itIsReadyWhileTheBrokerConfirmsThatNothingNewerIsThere() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        assertThat(scorer.get("/health/ready").status()).isEqualTo(200);
        scorer.unconfirmed = Duration.ofSeconds(31);
        assertThat(scorer.get("/health/ready").json().at("/why").asText())
                .isEqualTo("Kafka has not said for 31 s whether there is a newer snapshot; serve.stale-after is PT30S");
        assertThat(scorer.get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void theModelIsShownWithEveryParametersInterval() throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        JsonNode model = scorer.get("/v1/model").json();
        assertThat(model.at("/age_seconds").asDouble()).isEqualTo(10);
        assertThat(model.at("/offset").asDouble()).isEqualTo(1);
        assertThat(model.at("/features/kind").asText()).isEqualTo("vectors");
        assertThat(model.at("/features/dimension").asInt()).isEqualTo(4);
        assertThat(model.at("/reward/2/estimate").asDouble()).isEqualTo(-1);
        assertThat(model.at("/rationality/0/name").asText()).isEqualTo("kind=expert");
        assertThat(model.at("/rationality/2/lower").asDouble()).isCloseTo(-1.5 - NORMAL_QUANTILE / 2, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"responses\":[{\"features\":[1,0]}]} | responses[0].features must have 4 numbers for feature space",
                "{\"responses\":[{\"features\":[1,0,\"x\",1]}]} | responses[0].features[2] must be a number, was \"x\"",
                "{\"responses\":[{\"features\":[1,0,null,1]}]} | responses[0].features[2] must be a number, was null",
                "{\"responses\":[{\"features\":[1,0,1e99,0]}]} | responses[0].features[2] must be finite, was Infinity",
                "{\"responses\":[{\"features\":\"abc\"}]} | responses[0].features must be an array of numbers, or little-endian float32 in base64, was \"abc\"",
                "{\"responses\":[{\"features\":{\"x\":1}}]} | responses[0].features must be an array of numbers, or little-endian float32 in base64, was {\"x\":1}",
                "{\"responses\":[null]} | responses[0] must be an object, was null",
                "{\"responses\":[{\"id\":\"\",\"features\":[1,0,0,0]}]} | responses[0].id must have 1 to 512 characters, had 0",
                "{\"responses\":[]} | responses must be 1 to 64, were 0",
                "{} | responses must be 1 to 64, were 0",
                "{\"respons\":[]} | respons is not a field there; the fields are [center, covariance, feature_space, level",
                "{\"level\":2,\"responses\":[{\"features\":[1,0,0,0]}]} | level must be above 0 and at most 1 - 1e-12, was 2.0",
                "{\"level\":\"0.9\",\"responses\":[]} | level must be a number, was \"0.9\"",
                "{\"level\":0.9,\"quantile\":2,\"responses\":[]} | level and quantile exclude each other, were 0.9 and 2.0",
                "{\"quantile\":-1,\"responses\":[]} | quantile must be 0 to 100, was -1.0",
                "{\"center\":\"middle\",\"responses\":[]} | center must be one of [feature-space, candidates], was \"middle\"",
                "{\"covariance\":1,\"responses\":[]} | covariance must be one of [auto, model, clustered], was 1",
                "{\"feature_space\":\"other\",\"responses\":[{\"features\":[1,0,0,0]}]} | feature_space must be small or small:",
                "[1, 2] | the body must be an object, was [1,2]",
                "[1, 2 | the body must be JSON in UTF-8",
                "null | the body must be an object, was null",
                "{\"responses\":[]} {} | the body must be JSON in UTF-8",
            })
    void aBadRequestNamesFieldBoundAndValue(String body, String detail) throws Exception {
        scorer.newest.offer(ServedScorer.snapshot(1));
        ServedScorer.Reply reply = scorer.post("/v1/score", body);
        assertThat(reply.json().at("/detail").asText()).contains(detail);
        assertThat(reply.status()).isEqualTo(400);
    }
}
