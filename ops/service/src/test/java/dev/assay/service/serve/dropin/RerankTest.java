package dev.assay.service.serve.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class RerankTest {
    private static final double LOG_3 = 1.0986122886681098; // whose logistic is 3/4

    private JsonNode answer(String request) {
        return Asking.written(Rerank.answer(Asking.read(Rerank.Body.class, request), "1f", Asking.mean()));
    }

    private static List<Integer> indices(JsonNode results) {
        return StreamSupport.stream(results.spliterator(), false)
                .map(result -> result.get("index").intValue())
                .toList();
    }

    @Test
    void documentsComeBackTheBestFirstByTheirPlaceInTheRequest() {
        JsonNode answer = answer("{'model': 'm', 'query': 'q', 'documents': ['a 1', 'b 3', {'text': 'c -2'}]}");

        assertThat(answer).isEqualTo(Asking.json("""
                {'id': 'rerank-1f', 'model': 'example', 'usage': {'total_tokens': 0},
                 'results': [
                   {'index': 1, 'document': {'text': 'b 3'}, 'relevance_score': 3.0},
                   {'index': 0, 'document': {'text': 'a 1'}, 'relevance_score': 1.0},
                   {'index': 2, 'document': {'text': 'c -2'}, 'relevance_score': -2.0}]}"""));
    }

    @Test
    void ofEqualsTheFirstComesFirst() {
        assertThat(indices(answer("{'documents': ['a 1', 'b 2', 'c 1', 'd 2', 'e 1']}")
                        .get("results")))
                .containsExactly(1, 3, 0, 2, 4);
        // Squeezed between 0 and 1 the first two are equal, but they are not.
        assertThat(indices(answer("{'texts': ['a 50', 'b 51']}"))).containsExactly(1, 0);
    }

    @Test
    void soManyOfTheBestAreAnsweredAsAreAskedFor() {
        assertThat(indices(answer("{'documents': ['a 1', 'b 2', 'c 3'], 'top_n': 2}")
                        .get("results")))
                .containsExactly(2, 1);
        for (String all : List.of("0", "null", "3", "100")) {
            assertThat(answer("{'documents': ['a 1', 'b 2', 'c 3'], 'top_n': " + all + "}")
                            .get("results"))
                    .hasSize(3);
        }
    }

    @Test
    void documentsAreSentBackUnlessNotWanted() {
        JsonNode answer = answer("{'documents': ['a 1'], 'return_documents': false}");

        assertThat(answer.get("results")).isEqualTo(Asking.json("[{'index': 0, 'relevance_score': 1.0}]"));
    }

    @Test
    void relevanceIsTheRewardUnlessAnActivationIsAskedFor() {
        for (String name : List.of("activation", "use_activation")) {
            JsonNode answer = answer("{'documents': ['a " + LOG_3 + "'], '" + name + "': true}");
            assertThat(answer.at("/results/0/relevance_score").doubleValue()).isCloseTo(0.75, within(1e-15));
        }
        assertThat(answer("{'documents': ['a 7'], 'activation': false}")
                        .at("/results/0/relevance_score")
                        .doubleValue())
                .isEqualTo(7);
    }

    @Test
    void textsAreAnsweredAsTheirServerDoes() {
        JsonNode squeezed = answer("{'query': 'q', 'texts': ['a 0', 'b " + LOG_3 + "'], 'truncate': true}");
        JsonNode raw = answer("{'query': 'q', 'texts': ['a 1', 'b 3'], 'raw_scores': true, 'return_text': true}");

        assertThat(indices(squeezed)).containsExactly(1, 0);
        assertThat(squeezed.at("/0/score").doubleValue()).isCloseTo(0.75, within(1e-15));
        assertThat(squeezed.get(1)).isEqualTo(Asking.json("{'index': 0, 'score': 0.5}"));
        assertThat(raw)
                .isEqualTo(Asking.json(
                        "[{'index': 1, 'text': 'b 3', 'score': 3.0}, {'index': 0, 'text': 'a 1', 'score': 1.0}]"));
    }

    @Test
    void whatIsNoRequestIsSaidWithItsPlace() {
        assertThatThrownBy(() -> answer("{'query': 'q'}"))
                .hasMessage("documents must be an array of texts, was missing");
        assertThatThrownBy(() -> answer("{'documents': ['a 1'], 'texts': ['a 1']}"))
                .hasMessage("texts and documents exclude each other, both were given");
        assertThatThrownBy(() -> answer("{'texts': ['a 1', null]}")).hasMessage("texts[1] must be a text, was null");
        assertThatThrownBy(() -> answer("{'documents': [{'image': 'x'}]}"))
                .hasMessage("documents[0].text must be a text, was missing");
        assertThatThrownBy(() -> answer("{'documents': ['a 1'], 'top_n': -1}"))
                .hasMessage("top_n must be 0, for all, or more, was -1");
    }
}
