package dev.assay.service.ingest.formats;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.service.ingest.table.ContentId;
import dev.assay.streams.json.JsonPlace;
import dev.assay.streams.json.JsonRefusal;
import dev.assay.streams.json.Shown;
import dev.assay.streams.model.Retraction;
import dev.assay.streams.settings.CallerRole;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.settings.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Argilla: webhook bodies of version 1, and exported records. A user answers a record once, so record and user are the
 * judgment's identity: exports of the Python library do not name the response's own id.
 */
final class Argilla implements Items {
    private static final String SOURCE = "argilla";
    private static final String VERSION = "v1,";
    private static final byte[] DOT = {'.'};
    static final Format FORMAT =
            new Format(SOURCE, Argilla::recognises, (settings, source) -> new Argilla(settings), true);
    static final Webhook WEBHOOK = new Webhook(
            SOURCE,
            "Argilla's webhooks: responses created, updated, deleted",
            CallerRole.WRITE,
            Argilla::new,
            new Webhook.Signing(
                    "the signature of Standard Webhooks",
                    GatewaySettings.Keys::argillaSecret,
                    "webhook-signature",
                    List.of("webhook-timestamp"),
                    Argilla::signed));

    private final ArgillaSettings settings;

    Argilla(PlatformSettings platforms) {
        settings = new ArgillaSettings(platforms.of(SOURCE));
    }

    /** A record, or a webhook body that somebody kept. */
    private static boolean recognises(JsonNode item) {
        return Format.has("fields", "responses").test(item)
                || (item.path("type").asText().startsWith("response.") && item.has("data"));
    }

    /**
     * Standard Webhooks: over {@code id.timestamp.body}; the header may carry several signatures, apart by blanks, while a
     * secret is being changed.
     */
    private static boolean signed(Secret secret, UnaryOperator<@Nullable String> headers, byte[] body, Instant now) {
        String id = headers.apply("webhook-id");
        String timestamp = headers.apply("webhook-timestamp");
        String signatures = headers.apply("webhook-signature");
        if (id == null || signatures == null || !Signatures.recent(timestamp, now)) {
            return false;
        }
        byte[] expected = Signatures.hmac(
                GatewaySettings.argillaKey(secret), Signatures.utf8(id), DOT, Signatures.utf8(timestamp), DOT, body);
        boolean found = false;
        for (String signature : signatures.split(" ", -1)) {
            found |= signature.startsWith(VERSION) && Signatures.equal(expected, signature.substring(VERSION.length()));
        }
        return found;
    }

    @Override
    public List<Intake> read(JsonPlace item) throws JsonRefusal {
        return item.at("type").present() ? List.of(webhook(item)) : exported(item);
    }

    private Intake webhook(JsonPlace body) throws JsonRefusal {
        String type = body.at("type").text();
        if (!type.startsWith("response.")) {
            return new Intake.Ignored("event " + Shown.of(type));
        }
        body.at("version").whole(1, 1);
        JsonPlace data = body.at("data").object();
        JsonPlace record = data.at("record").object();
        String dataset = record.at("dataset").at("name").optionalText();
        String source = dataset == null ? SOURCE : SOURCE + "/" + dataset;
        String user = data.at("user").at("id").id();
        boolean gone = switch (type) {
            case "response.created", "response.updated" -> false;
            case "response.deleted" -> true;
            default -> throw body.at("type").must("be response.created, response.updated or response.deleted");
        };
        return answered(
                source, record, user, gone ? "discarded" : data.at("status").text(), data);
    }

    private Intake answered(String source, JsonPlace record, String user, String status, JsonPlace response)
            throws JsonRefusal {
        JsonPlace serverId = record.at("_server_id");
        String recordId = (serverId.present() ? serverId : record.at("id")).id();
        String judgmentId = SOURCE + ":" + recordId + ":" + user;
        switch (status) {
            case "submitted" -> {}
            case "draft" -> {
                return new Intake.Ignored("a draft");
            }
            case "discarded" -> {
                return new Intake.Withdrawn(new Retraction(judgmentId, user, source));
            }
            default -> throw response.at("status").must("be draft, submitted or discarded");
        }
        JsonPlace fields = record.at("fields").object();
        JsonPlace metadata = record.at("metadata");
        var preference = new ArgillaAnswers(settings, fields).preference(response.at("values"));
        JsonPlace time = response.at("updated_at").present() ? response.at("updated_at") : response.at("inserted_at");
        JudgmentBuilder builder = new JudgmentBuilder(source, judgmentId, promptId(fields, recordId))
                .asked(words(fields))
                .by(user)
                .at(time.optionalTime())
                .contextOf(metadata, settings.context);
        for (String name : preference.responses()) {
            builder.response(
                    policy(metadata, name),
                    fields.at(name).text(),
                    settings.vectors.containsKey(name)
                            ? metadata.at(settings.vectors.getOrDefault(name, name))
                                    .optionalVector()
                            : null);
        }
        return builder.ranked(preference.ranking());
    }

    private @Nullable String policy(JsonPlace metadata, String name) throws JsonRefusal {
        String from = settings.policies.get(name);
        return from == null ? null : metadata.at(from).optionalId();
    }

    private @Nullable String words(JsonPlace fields) {
        List<String> asked = new ArrayList<>();
        for (String name : settings.prompt) {
            JsonNode value = fields.at(name).value();
            if (value != null) {
                asked.add(value.isTextual() ? value.textValue() : value.toString());
            }
        }
        return asked.isEmpty() ? null : String.join("\n\n", asked);
    }

    private String promptId(JsonPlace fields, String recordId) throws JsonRefusal {
        List<String> asked = new ArrayList<>();
        for (String name : settings.prompt) {
            if (fields.at(name).present()) {
                asked.add(String.valueOf(fields.at(name).value()));
            }
        }
        return asked.isEmpty() ? SOURCE + ":" + recordId : ContentId.of(asked.toArray(new String[0]));
    }

    private List<Intake> exported(JsonPlace record) throws JsonRefusal {
        JsonPlace responses = record.at("responses");
        if (!responses.present()) {
            return List.of(new Intake.Ignored("a record without responses"));
        }
        List<Intake> found = new ArrayList<>();
        if (responses.value() != null && responses.value().isArray()) {
            for (JsonPlace response : responses.list()) {
                found.add(Items.part(() -> exported(record, response)));
            }
        } else {
            for (Map.Entry<String, JsonPlace> user : byUser(responses).entrySet()) {
                found.add(Items.part(() -> exported(record, user.getValue())));
            }
        }
        return found.isEmpty() ? List.of(new Intake.Ignored("a record without responses")) : found;
    }

    private Intake exported(JsonPlace record, JsonPlace response) throws JsonRefusal {
        JsonPlace user = response.object().at("user_id").present()
                ? response.at("user_id")
                : response.at("user").at("id");
        String status = response.at("status").present()
                ? response.at("status").text()
                : "submitted"; // the Python library leaves it out
        return answered(SOURCE, record, user.id(), status, response);
    }

    /** The Python library exports by question and then by user; a judgment takes a user's answers together. */
    private static Map<String, JsonPlace> byUser(JsonPlace responses) throws JsonRefusal {
        Map<String, ObjectNode> users = new LinkedHashMap<>();
        var nodes = JsonNodeFactory.instance;
        for (String question : responses.names()) {
            for (JsonPlace answer : responses.at(question).list()) {
                String user = answer.object().at("user_id").id();
                var own = users.computeIfAbsent(user, unseen -> {
                    var response = nodes.objectNode().put("user_id", user);
                    response.putObject("values");
                    return response;
                });
                JsonNode value = answer.at("value").value();
                own.withObject("/values").putObject(question).set("value", value == null ? nodes.nullNode() : value);
                if (answer.at("status").present()) {
                    own.set("status", answer.at("status").value());
                }
            }
        }
        Map<String, JsonPlace> found = new LinkedHashMap<>();
        users.forEach((user, response) ->
                found.put(user, new JsonPlace(responses.path() + " of " + Shown.of(user), response)));
        return found;
    }
}
