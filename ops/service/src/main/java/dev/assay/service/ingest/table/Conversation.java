package dev.assay.service.ingest.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was said: a plain text, or messages with roles.
 *
 * @param messages in their order; a plain text is one message of the role {@value #PLAIN}
 */
public record Conversation(List<Message> messages) {
    private static final String PLAIN = "";

    /** @param role such as {@code user} or {@code assistant} */
    public record Message(String role, String content) {}

    /** ShareGPT's names of the roles that others call otherwise. */
    private static final Map<String, String> ROLES = Map.of("human", "user", "gpt", "assistant");

    /**
     * @return what stands at a field: a string, a message, or a list of messages, of turns as {@code [asked, answered]} or of
     *     strings; a message has {@code role} and {@code content}, a string or a list of parts, or {@code from} and
     *     {@code value}
     */
    public static Conversation at(JsonPlace field) throws JsonRefusal {
        JsonNode value = field.value();
        if (value != null && value.isTextual()) {
            return plain(field.text());
        }
        if (value != null && value.isObject() && (value.has("role") || value.has("from"))) {
            return new Conversation(List.of(message(field)));
        }
        if (value == null || !value.isArray() || value.isEmpty()) {
            throw field.must("be a string or a list of messages");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonPlace each : field.list()) {
            if (each.value() != null && each.value().isTextual()) {
                messages.add(new Message(PLAIN, each.text()));
            } else if (each.value() != null && each.value().isArray()) {
                List<JsonPlace> turn = each.list();
                for (int i = 0; i < turn.size(); i++) {
                    messages.add(new Message(
                            i % 2 == 0 ? "user" : "assistant", turn.get(i).text()));
                }
            } else {
                messages.add(message(each));
            }
        }
        return new Conversation(List.copyOf(messages));
    }

    /** @return a text that nobody in particular says */
    public static Conversation plain(String text) {
        return new Conversation(List.of(new Message(PLAIN, text)));
    }

    private static Message message(JsonPlace message) throws JsonRefusal {
        if (message.object().at("from").present() && !message.at("role").present()) {
            String from = message.at("from").text();
            return new Message(ROLES.getOrDefault(from, from), content(message.at("value")));
        }
        return new Message(message.at("role").text(), content(message.at("content")));
    }

    private static String content(JsonPlace content) throws JsonRefusal {
        if (content.value() == null || !content.value().isArray()) {
            return content.text();
        }
        List<String> texts = new ArrayList<>();
        for (JsonPlace part : content.list()) {
            if (part.object().at("text").present()) { // pictures and calls of tools have none
                texts.add(part.at("text").text());
            }
        }
        return String.join("\n", texts);
    }

    public boolean plain() {
        return messages.size() == 1 && messages.get(0).role().equals(PLAIN);
    }

    /** @return the contents, a blank line between two */
    public String text() {
        return messages.stream().map(Message::content).collect(Collectors.joining("\n\n"));
    }

    /** @return what one role said, a blank line between two messages */
    public String saidBy(String role) {
        return messages.stream()
                .filter(message -> message.role().equals(role))
                .map(Message::content)
                .collect(Collectors.joining("\n\n"));
    }

    /** @return the first so many messages */
    public Conversation first(int count) {
        return new Conversation(messages.subList(0, count));
    }

    /** @return all but the first so many messages */
    public Conversation after(int count) {
        return new Conversation(messages.subList(count, messages.size()));
    }

    /** @return how many messages both begin with, such that each has one left */
    public int sharedWith(Conversation other) {
        int most = Math.min(messages.size(), other.messages.size()) - 1;
        int shared = 0;
        while (shared < most && messages.get(shared).equals(other.messages.get(shared))) {
            shared++;
        }
        return shared;
    }
}
