package dev.assay.lab.evidence;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.schemas.Topic;
import dev.assay.service.topics.Clients;
import dev.assay.streams.Deployment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Every committed record of every topic of a deployment as it is, one JSON line each, for a checker that decodes by itself. */
public final class TopicDump {
    private final JsonGenerator json;
    private final String prefix;

    private TopicDump(JsonGenerator json, String prefix) {
        this.json = json;
        this.prefix = prefix;
    }

    /** @param file gzip of the lines; topics are named without the deployment's prefix */
    public static void write(Deployment deployment, Path file) throws IOException {
        try (var out = new GZIPOutputStream(Files.newOutputStream(file));
                JsonGenerator json = new ObjectMapper().createGenerator(out)) {
            json.setRootValueSeparator(new SerializedString("\n"));
            TopicDump dump = new TopicDump(json, deployment.topics().prefix());
            for (Topic topic : deployment.topics().all(deployment.shape().parameters())) {
                Clients.read(deployment, topic.name(), dump::take);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            json.writeStartObject();
            json.writeStringField("topic", record.topic().substring(prefix.length()));
            json.writeNumberField("partition", record.partition());
            json.writeNumberField("offset", record.offset());
            json.writeNumberField("timestamp", record.timestamp());
            json.writeArrayFieldStart("headers");
            for (Header header : record.headers()) {
                json.writeStartArray();
                json.writeString(header.key());
                bytes(header.value());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeFieldName("key");
            bytes(record.key());
            json.writeFieldName("value");
            bytes(record.value());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("the topics cannot be written to a file", e);
        }
    }

    private void bytes(byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            json.writeNull();
        } else {
            json.writeBinary(bytes);
        }
    }
}
