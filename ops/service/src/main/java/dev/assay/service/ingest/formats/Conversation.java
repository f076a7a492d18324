package dev.assay.service.ingest.formats;

import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was said: a plain text, or messages with roles.
 *
 * @param messages in their order; a plain text is one message of the role {@value #PLAIN}
 */
record Conversation(List<Message> messages) {
    private static final String PLAIN = "";

    /** @param role such as {@code user} or {@code assistant} */
    record Message(String role, String content) {}

    /** @return what stands at a field: a string, or a list of messages whose content is a string or a list of parts */
    static Conversation at(JsonPlace field) throws JsonRefusal {
        if (field.value() != null && field.value().isTextual()) {
            return new Conversation(List.of(new Message(PLAIN, field.text())));
        }
        if (field.value() == null || !field.value().isArray() || field.value().isEmpty()) {
            throw field.must("be a string or a list of messages");
        }
        List<Message> messages = new ArrayList<>();
        for (JsonPlace message : field.list()) {
            messages.add(new Message(message.object().at("role").text(), content(message.at("content"))));
        }
        return new Conversation(List.copyOf(messages));
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

    boolean plain() {
        return messages.size() == 1 && messages.get(0).role().equals(PLAIN);
    }

    /** @return the contents, a blank line between two */
    String text() {
        return messages.stream().map(Message::content).collect(Collectors.joining("\n\n"));
    }

    /** @return what one role said, a blank line between two messages */
    String saidBy(String role) {
        return messages.stream()
                .filter(message -> message.role().equals(role))
                .map(Message::content)
                .collect(Collectors.joining("\n\n"));
    }

    /** @return the first so many messages */
    Conversation first(int count) {
        return new Conversation(messages.subList(0, count));
    }

    /** @return all but the first so many messages */
    Conversation after(int count) {
        return new Conversation(messages.subList(count, messages.size()));
    }

    /** @return how many messages both begin with, such that each has one left */
    int sharedWith(Conversation other) {
        int most = Math.min(messages.size(), other.messages.size()) - 1;
        int shared = 0;
        while (shared < most && messages.get(shared).equals(other.messages.get(shared))) {
            shared++;
        }
        return shared;
    }
}
