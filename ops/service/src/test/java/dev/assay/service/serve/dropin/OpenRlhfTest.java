package dev.assay.service.serve.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class OpenRlhfTest {
    private final Asking model = Asking.lower();

    private JsonNode answer(String request) {
        return Asking.written(OpenRlhf.answer(Asking.read(OpenRlhf.Body.class, request), model));
    }

    @Test
    void rewardsComeWithNumbersToLog() {
        JsonNode answer = answer("{'query': ['p a 3', 'p b -1'], 'prompts': ['p ', 'p '], 'labels': ['x', null]}");

        assertThat(answer).isEqualTo(Asking.json("""
                {'rewards': [2.0, -2.0], 'scores': [2.0, -2.0],
                 'extra_logs': {'standard_error': [0.5, 0.5], 'lower': [2.0, -2.0], 'upper': [4.0, 0.0], 'mean': [3.0, -1.0]}}"""));
    }

    @Test
    void theResponseIsWhatFollowsThePrompt() {
        answer("{'query': ['ask: it 1', 'ask: it 2', 'ask: it 3'], 'prompts': ['ask: ', 'Ask: ', null]}");

        // A prompt that the client's tokenizer changed is not there to be cut off.
        assertThat(model.texts()).containsExactly("it 1", "ask: it 2", "ask: it 3");
    }

    @Test
    void promptsMayBeMissing() {
        answer("{'query': ['a 1']}");
        answer("{'query': ['a 1'], 'prompts': null}");
        answer("{'query': ['a 1'], 'prompts': []}");

        assertThat(model.texts()).containsExactly("a 1", "a 1", "a 1");
    }

    @Test
    void aServerWithNothingToDoAnswersWithNothing() {
        JsonNode answer = answer("{'query': [], 'prompts': [], 'labels': []}");

        assertThat(answer).isEqualTo(Asking.json("""
                {'rewards': [], 'scores': [], 'extra_logs': {'standard_error': [], 'lower': [], 'upper': [], 'mean': []}}"""));
        assertThat(model.fields).isEmpty(); // not even a snapshot is needed
    }

    @Test
    void whatIsNoRequestIsSaidWithItsPlace() {
        assertThatThrownBy(() -> answer("{}")).hasMessage("query must be an array of texts, was missing");
        assertThatThrownBy(() -> answer("{'query': 'a 1'}")).hasMessage("query must be an array of texts, was \"a 1\"");
        assertThatThrownBy(() -> answer("{'query': ['a 1', 2]}")).hasMessage("query[1] must be a text, was 2");
        assertThatThrownBy(() -> answer("{'query': ['a 1'], 'prompts': ['a', 'b']}"))
                .hasMessage("prompts must be as many as query, 1, were 2");
        assertThatThrownBy(() -> answer("{'query': ['a 1'], 'prompts': {'a': 1}}"))
                .hasMessage("prompts must be an array of texts, was {\"a\":1}");
    }
}
