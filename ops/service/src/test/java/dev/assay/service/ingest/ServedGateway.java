package dev.assay.service.ingest;

import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.service.http.HttpServer;
import dev.assay.service.http.Route;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.topics.CommandRecords;
import dev.assay.streams.admit.Admission;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.Codec;
import dev.assay.streams.wire.CommandCodec;
import dev.assay.streams.wire.JudgmentRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A gateway that really listens, before a broker that only remembers. */
final class ServedGateway implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    static final String JUDGMENT = """
            {"judgmentId":"j1","annotatorId":"ann","promptId":"p","preference":"FIRST",
             "responses":[{"responseId":"a","features":[1,2]},{"responseId":"b","features":[0,1]}]}""";

    private static final int SHARDS = 2;
    private static final Topics TOPICS = new Topics("t.");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final MockProducer<byte[], byte[]> producer;
    private final Outlet outlet;
    private final PlatformIds ids;
    private final HttpServer gateway;
    /** What the estimator would say of any judgment. */
    volatile Optional<Admission.Refused> refusal = Optional.empty();

    /** @param acknowledging whether the broker acknowledges by itself */
    ServedGateway(GatewaySettings settings, boolean acknowledging) {
        producer = new MockProducer<>(acknowledging, null, new ByteArraySerializer(), new ByteArraySerializer());
        outlet = new Outlet(producer, settings.limits().ackTimeout());
        ids = PlatformIds.follow(
                consumer(),
                TOPICS.judgmentIds().name(),
                TOPICS.erasures().name(),
                outlet,
                Codec.erasures(WireFormat.SINGLE_OBJECT),
                (record, found) -> {});
        JudgmentRecords judgments = new JudgmentRecords(TOPICS, SHARDS, WireFormat.SINGLE_OBJECT);
        CommandRecords commands = new CommandRecords("t.commands", "m", new CommandCodec());
        PlatformIntake platforms = new PlatformIntake(
                judgments,
                commands,
                TOPICS,
                new Pseudonyms(settings.keys().pseudonymKey()),
                ids,
                PlatformSettings.DEFAULTS,
                () -> NOW);
        gateway = Gateway.start(
                settings,
                new Gateway.Surroundings(
                        outlet,
                        judgments,
                        commands,
                        platforms,
                        encoded -> refusal,
                        () -> CompletableFuture.completedFuture(true),
                        new SimpleMeterRegistry(),
                        () -> NOW));
    }

    private static MockConsumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        for (String topic :
                List.of(TOPICS.judgmentIds().name(), TOPICS.erasures().name())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.updatePartitions(
                    topic, List.of(new PartitionInfo(topic, 0, Node.noNode(), new Node[0], new Node[0])));
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            consumer.updateEndOffsets(Map.of(partition, 0L));
        }
        return consumer;
    }

    /** What a gateway answers. */
    static List<Route> routes() {
        try (ServedGateway gateway = new ServedGateway(GatewaySettings.DEFAULTS.withPort(0), true)) {
            return gateway.gateway.routes();
        }
    }

    long inFlightBytes() {
        return gateway.inFlightBytes();
    }

    List<ProducerRecord<byte[], byte[]>> sentTo(String topic) {
        return producer.history().stream()
                .filter(record -> record.topic().equals(topic))
                .toList();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                to(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        gateway.close();
        ids.close();
        outlet.close();
    }
}
