package dev.assay.service.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.features.FeatureSpace;
import dev.assay.streams.model.Refusal;
import dev.assay.streams.model.RefusalReason;
import dev.assay.streams.settings.HttpSettings;
import dev.assay.streams.settings.ServeSettings;
import dev.assay.streams.settings.ServeSettings.RewardKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The drop-ins before a model whose rewards are worked by hand: θ = (1, 0, −1, ½), every standard error ½. */
class DropInsHttpTest {
    private static final double NORMAL_QUANTILE = 1.959963984540054;
    private static final FeatureSpace LETTERS = new Letters();

    private final ServedScorer vectors = new ServedScorer();
    private final ServedScorer texts = new ServedScorer(ServeSettings.DEFAULTS, LETTERS);

    DropInsHttpTest() {
        vectors.newest.offer(ServedScorer.snapshot(1));
        texts.newest.offer(ServedScorer.snapshot(1, LETTERS.id()));
    }

    @AfterEach
    void stop() {
        vectors.close();
        texts.close();
    }

    /** φ counts the letters a, b, c and d. */
    private static final class Letters extends FourFeatures {
        Letters() {
            super("letters");
        }

        @Override
        public float[] features(@Nullable String featureSpace, float @Nullable [] vector, @Nullable String text)
                throws Refusal {
            if (text == null) {
                throw Refusal.because(RefusalReason.FEATURES_MISSING, "a response must have a text");
            }
            float[] counts = new float[4];
            text.chars().filter(c -> c >= 'a' && c <= 'd').forEach(c -> counts[c - 'a']++);
            return counts;
        }
    }

    private static String json(String json) {
        return json.replace('\'', '"');
    }

    private JsonNode post(String path, String body) throws IOException, InterruptedException {
        ServedScorer.Reply reply = texts.post(path, json(body));
        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        return reply.json();
    }

    @Test
    void openRlhfGetsTheLowerBoundOfTheResponseAlone() throws Exception {
        JsonNode answer = post("/get_reward", "{'query': ['ca: aaa'], 'prompts': ['ca: '], 'labels': [null]}");

        double lower = 3 - 1.5 * NORMAL_QUANTILE; // of (3, 0, 0, 0)
        assertThat(answer.at("/rewards/0").doubleValue()).isCloseTo(lower, within(1e-9));
        assertThat(answer.get("scores")).isEqualTo(answer.get("rewards"));
        assertThat(answer.at("/extra_logs/mean/0").doubleValue()).isEqualTo(3);
        assertThat(answer.at("/extra_logs/standard_error/0").doubleValue()).isCloseTo(1.5, within(1e-12));
        assertThat(answer.at("/extra_logs/upper/0").doubleValue()).isCloseTo(6 - lower, within(1e-9));
    }

    @Test
    void emptyArraysAreAnsweredEvenBeforeThereIsASnapshot() throws Exception {
        try (ServedScorer young = new ServedScorer()) {
            ServedScorer.Reply reply = young.post("/get_reward", json("{'query': [], 'prompts': [], 'labels': []}"));

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().get("rewards")).isEmpty();
            assertThat(young.post("/get_reward", json("{'query': ['a']}")).status())
                    .isEqualTo(503);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/rerank", "/rerank"})
    void bothPathsRerankBothShapes(String path) throws Exception {
        // Lower bounds: a 1 − q/2, aab 2 − √5 q/2, d ½ − q/2; "" is what is known best.
        JsonNode documents =
                post(path, "{'model': 'any', 'query': 'q', 'documents': ['aab', 'a', 'd', ''], 'top_n': 3}");
        JsonNode ranked = post(path, "{'query': 'q', 'texts': ['aab', 'a', 'd', ''], 'raw_scores': true}");

        assertThat(documents.get("results").findValuesAsText("index")).containsExactly("1", "3", "0");
        assertThat(documents.at("/results/0/document/text").textValue()).isEqualTo("a");
        assertThat(documents.at("/results/0/relevance_score").doubleValue())
                .isCloseTo(1 - NORMAL_QUANTILE / 2, within(1e-9));
        assertThat(documents.get("model").textValue()).isEqualTo(ServedScorer.DEPLOYMENT.model());
        assertThat(documents.get("id").textValue()).matches("rerank-[0-9a-f]{32}");
        assertThat(ranked.findValuesAsText("index")).containsExactly("1", "3", "0", "2");
        assertThat(ranked.at("/1/score").doubleValue()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/get_reward | {'query': ['a']}",
                "/rerank | {'query': 'q', 'texts': ['a']}",
                "/v1/rerank | {'query': 'q', 'documents': ['a']}",
                "/classify | {'input': 'a'}",
            },
            quoteCharacter = '`')
    void theHeadersSayWhatTheNumbersComeFrom(String path, String body) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(texts.url() + path))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json(body)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Assay-Parameter-Version")).contains("1");
        assertThat(answer.headers().firstValue("Assay-Feature-Space")).contains("letters:0123456789ab");
    }

    @Test
    void classifyWithoutActivationGivesTheReward() throws Exception {
        JsonNode answer = post("/classify", "{'model': 'any', 'input': 'aa', 'activation': false}");

        assertThat(answer.at("/data/0/probs/0").doubleValue()).isCloseTo(2 - NORMAL_QUANTILE, within(1e-9));
        assertThat(answer.at("/data/0/num_classes").intValue()).isEqualTo(1);
    }

    @Test
    void theMeanIsTheRewardWhereTheConfigSaysSo() throws Exception {
        ServeSettings mean = new ServeSettings(
                HttpSettings.plain("127.0.0.1", 0, 1024, 1024),
                false,
                RewardKind.MEAN,
                ServeSettings.DEFAULTS.staleAfter(),
                null);
        try (ServedScorer scorer = new ServedScorer(mean, LETTERS)) {
            scorer.newest.offer(ServedScorer.snapshot(1, LETTERS.id()));

            assertThat(scorer.post("/get_reward", json("{'query': ['aac']}"))
                            .json()
                            .at("/rewards/0")
                            .doubleValue())
                    .isEqualTo(1);
        }
    }

    @Test
    void kServeTakesVectors() throws Exception {
        JsonNode answer = vectors.post("/v2/models/" + ServedScorer.DEPLOYMENT.model() + "/infer", json("""
                {'id': '42', 'inputs': [{'name': 'features', 'shape': [2, 4], 'datatype': 'FP32',
                  'data': [2, 0, 0, 0, 0, 3, -4, 0]}]}"""))
                .json();

        assertThat(answer.get("model_version").textValue()).isEqualTo("1");
        assertThat(answer.get("id").textValue()).isEqualTo("42");
        assertThat(answer.at("/parameters/parameter_version").longValue()).isEqualTo(1);
        assertThat(answer.at("/parameters/feature_space").textValue())
                .isEqualTo(ServedScorer.DEPLOYMENT.featureSpace().id());
        assertThat(answer.get("outputs").findValuesAsText("name"))
                .containsExactly("reward", "standard_error", "lower", "upper", "mean");
        assertThat(answer.at("/outputs/0/data/0").doubleValue()).isCloseTo(2 - NORMAL_QUANTILE, within(1e-9));
        assertThat(answer.at("/outputs/1/data/1").doubleValue()).isCloseTo(2.5, within(1e-12));
        assertThat(answer.at("/outputs/4/data/1").doubleValue()).isEqualTo(4);
    }

    @Test
    void kServeTakesBinaryDataWithoutAContentType() throws Exception {
        byte[] head = json("""
                {'inputs': [{'name': 'features', 'shape': [1, 4], 'datatype': 'FP32', 'parameters': {'binary_data_size': 16}}],
                 'outputs': [{'name': 'mean'}]}""").getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(head.length + 16).order(ByteOrder.LITTLE_ENDIAN);
        body.put(head).putFloat(1).putFloat(0).putFloat(-2.5f).putFloat(0);

        ServedScorer.Reply reply = infer(vectors, Integer.toString(head.length), body.array());

        assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
        assertThat(reply.json().at("/outputs/0/data/0").doubleValue()).isEqualTo(3.5);
    }

    private static ServedScorer.Reply infer(ServedScorer scorer, String jsonLength, byte[] body) throws Exception {
        return scorer.send(HttpRequest.newBuilder(
                        URI.create(scorer.url() + "/v2/models/" + ServedScorer.DEPLOYMENT.model() + "/infer"))
                .header("Inference-Header-Content-Length", jsonLength)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "3", "x", "99999999999"})
    void theLengthOfTheJsonIsWithinTheBody(String length) throws Exception {
        ServedScorer.Reply reply = infer(vectors, length, new byte[] {'{', '}'});

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").textValue())
                .isEqualTo("Inference-Header-Content-Length must be 0 to 2, the bytes of the body, was " + length);
    }

    @Test
    void kServeTakesTextsAsBytes() throws Exception {
        JsonNode answer = post("/v2/models/" + ServedScorer.DEPLOYMENT.model() + "/infer", """
                {'inputs': [{'name': 'text', 'shape': [2], 'datatype': 'BYTES', 'data': ['aa', 'c']}], 'outputs': [{'name': 'mean'}]}""");

        assertThat(answer.at("/outputs/0/data")).hasToString("[2.0,-1.0]");
    }

    @Test
    void kServeSaysWhatItServesAndWhetherItIsReady() throws Exception {
        String model = "/v2/models/" + ServedScorer.DEPLOYMENT.model();

        assertThat(vectors.get(model).json().at("/inputs/0"))
                .hasToString(json("{'name':'features','datatype':'FP32','shape':[-1,4]}"));
        assertThat(texts.get(model).json().at("/inputs/0/datatype").textValue()).isEqualTo("BYTES");
        assertThat(vectors.get(model + "/ready").json())
                .hasToString(json("{'name':'" + ServedScorer.DEPLOYMENT.model() + "','ready':true}"));
        assertThat(vectors.get("/v2").json().get("name").textValue()).isEqualTo("assay");
        assertThat(vectors.get("/v2/health/live").status()).isEqualTo(200);
        assertThat(vectors.get("/v2/health/ready").status()).isEqualTo(200);
        try (ServedScorer young = new ServedScorer()) {
            assertThat(young.get("/v2/health/live").status()).isEqualTo(200);
            assertThat(young.get("/v2/health/ready").status()).isEqualTo(503);
            assertThat(young.get("/v2/health/ready").json().get("why").textValue())
                    .isEqualTo("no snapshot has been published yet");
            assertThat(young.get(model).json()).hasToString(json("{'error':'no snapshot has been published yet'}"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/get_reward | {'query': ['a', 'b'], 'prompts': ['a']} | prompts must be as many as query, 2, were 1",
                "/v1/rerank | {'documents': []} | documents must be 1 to 64, were 0",
                "/rerank | {'texts': ['a', 5]} | texts[1] must be a text, was 5",
                "/rerank | {'documents': ['a'], 'top_n': '3'} | top_n must be a whole number of at most 4 bytes, was \"3\"",
                "/classify | {'input': {}} | input must be an array of texts, was {}",
                "/classify | [1] | the body must be an object, was [1]",
            })
    void aBadRequestNamesFieldBoundAndValue(String path, String body, String detail) throws Exception {
        ServedScorer.Reply reply = texts.post(path, json(body));

        assertThat(reply.json().get("detail").textValue()).isEqualTo(detail);
        assertThat(reply.status()).isEqualTo(400);
    }

    @Test
    void textsForAModelOfVectorsAreRefusedWithTheirPlace() throws Exception {
        ServedScorer.Reply reply = vectors.post("/get_reward", json("{'query': ['a']}"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("detail").textValue()).startsWith("query[0]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "small | 'shape': [1, 3], 'datatype': 'FP32', 'data': [1, 2, 3] | 400 | inputs[0].data[0]",
                "small | 'shape': [0, 4], 'datatype': 'FP32', 'data': [] | 400 | inputs[0].data must be 1 to 64, were 0",
                "small | 'shape': [1], 'datatype': 'BYTES', 'data': ['a'] | 400 | inputs[0].data[0]",
                "small | 'shape': 'x' | 400 | inputs[0].shape must be an array, was",
                "other | 'shape': [1, 4], 'datatype': 'FP32', 'data': [1, 2, 3, 4] | 404 | model must be",
            })
    void kServesErrorsAreItsOwn(String model, String tensor, int status, String error) throws Exception {
        String name = model.equals("small") ? ServedScorer.DEPLOYMENT.model() : model;
        ServedScorer.Reply reply =
                vectors.post("/v2/models/" + name + "/infer", json("{'inputs': [{'name': 'x', " + tensor + "}]}"));

        assertThat(reply.json().get("error").textValue()).startsWith(error);
        assertThat(reply.status()).isEqualTo(status);
    }
}
