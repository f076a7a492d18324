package dev.assay.service.serve.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifyTest {
    private JsonNode answer(String request) {
        return Asking.written(Classify.answer(Asking.read(Classify.Body.class, request), "1f", Asking.lower()));
    }

    @Test
    void withoutActivationTheOneProbabilityIsTheReward() {
        JsonNode answer = answer("{'model': 'm', 'input': ['a 3', 'b 1'], 'activation': false}");

        assertThat(answer).isEqualTo(Asking.json("""
                {'id': 'classify-1f', 'object': 'list', 'model': 'example',
                 'data': [
                   {'index': 0, 'label': 'reward', 'probs': [2.0], 'num_classes': 1},
                   {'index': 1, 'label': 'reward', 'probs': [0.0], 'num_classes': 1}],
                 'usage': {'prompt_tokens': 0, 'total_tokens': 0}}"""));
    }

    @Test
    void aSingleTextIsOneInput() {
        JsonNode answer = answer("{'input': 'a 3', 'use_activation': false}");

        assertThat(answer.at("/data/0/probs/0").doubleValue()).isEqualTo(2);
        assertThat(answer.get("data")).hasSize(1);
    }

    @Test
    void withActivationItIsAProbability() {
        for (String more : List.of("", ", 'activation': true", ", 'use_activation': true", ", 'activation': null")) {
            assertThat(answer("{'input': ['a 1']" + more + "}")
                            .at("/data/0/probs/0")
                            .doubleValue())
                    .as(more)
                    .isEqualTo(0.5);
        }
    }

    @Test
    void whatIsNoRequestIsSaidWithItsPlace() {
        assertThatThrownBy(() -> answer("{}")).hasMessage("input must be an array of texts, was missing");
        assertThatThrownBy(() -> answer("{'input': [[1, 2]]}")).hasMessage("input[0] must be a text, was [1,2]");
    }
}
