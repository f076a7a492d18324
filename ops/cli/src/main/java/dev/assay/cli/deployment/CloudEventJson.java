package dev.assay.cli.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.schemas.publish.Event;
import dev.assay.streams.model.EventType;
import dev.assay.streams.wire.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** An event as CloudEvents 1.0 in structured mode: one line of JSON. */
final class CloudEventJson {
    private static final JsonMapper JSON = new JsonMapper();

    private CloudEventJson() {}

    static String typeOf(Event event) {
        return CloudEvent.typeOf(EventType.of(event));
    }

    /**
     * @param event decoded
     * @param headers of its record; what they lack is derived from the event
     * @param source which deployment it comes from
     */
    static String line(Event event, Headers headers, String source) {
        Headers derived = CloudEvent.headersOf(event, source);
        Map<String, Object> line = new LinkedHashMap<>();
        for (String name : new String[] {"id", "source", "type", "specversion", "time"}) {
            Header header = headers.lastHeader("ce_" + name);
            Header used = header == null ? derived.lastHeader("ce_" + name) : header;
            line.put(name, new String(used.value(), StandardCharsets.UTF_8));
        }
        line.put("datacontenttype", "application/json"); // of what stands here; on the topic it is Avro
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("model", event.getModel());
        data.put("parameterVersion", event.getParameterVersion());
        data.put("message", event.getMessage());
        data.put("facts", new TreeMap<>(event.getFacts()));
        line.put("data", data);
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings and a number are always JSON", e);
        }
    }
}
