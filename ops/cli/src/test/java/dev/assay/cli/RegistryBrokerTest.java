package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.cli.broker.EmbeddedBroker;
import dev.assay.cli.demo.DemoCampaign;
import dev.assay.cli.demo.SimulatedCampaign;
import dev.assay.estimator.inference.CovarianceKind;
import dev.assay.estimator.selection.Centring;
import dev.assay.schemas.Subject;
import dev.assay.schemas.Topic;
import dev.assay.schemas.Topics;
import dev.assay.schemas.WireFormat;
import dev.assay.service.ingest.formats.PlatformSettings;
import dev.assay.service.roles.RunningGateway;
import dev.assay.service.roles.RunningScorer;
import dev.assay.service.topics.CheckedSender;
import dev.assay.service.topics.Clients;
import dev.assay.service.topics.ScoreClient;
import dev.assay.streams.Deployment;
import dev.assay.streams.Role;
import dev.assay.streams.ServiceConfig;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.ParameterSnapshot;
import dev.assay.streams.model.ScoreReply;
import dev.assay.streams.model.ScoreRequest;
import dev.assay.streams.settings.GatewaySettings;
import dev.assay.streams.wire.JudgmentCodec;
import dev.assay.streams.wire.JudgmentRecords;
import dev.assay.streams.wire.registry.RegistryRefusedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a judgment with a real broker and a real schema registry. */
@Tag("broker")
@Tag("registry")
@SuppressWarnings("NullAway.Init") // set before all
class RegistryBrokerTest {
    private static final int JUDGMENTS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long LOOK_EVERY_NANOS = 50_000_000;
    private static final int SINGLE_OBJECT_HEADER = 10;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static ApicurioRegistry registry;
    private static EmbeddedBroker broker;
    private static DemoCampaign campaign;

    @BeforeAll
    static void start() throws Exception {
        registry = ApicurioRegistry.startOrSkip(folder);
        broker = EmbeddedBroker.start(0, folder.resolve("broker"));
        campaign = SimulatedCampaign.draw(folder, broker.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
        if (registry != null) {
            registry.close();
        }
    }

    /** What a deployment believes and answers. */
    private record Outcome(ParameterSnapshot snapshot, JsonNode scores, ScoreReply.Scored onTopic) {}

    /** What brings the judgments to a deployment's topic. */
    private interface Sending {
        void send(Deployment deployment, List<Judgment> judgments) throws Exception;
    }

    @Test
    void estimateAndScoresAreTheSameToTheLastDigitHoweverRecordsAreFramed() throws Exception {
        Outcome without = outcome(deployment("plain.", null), RegistryBrokerTest::post);
        Outcome with = outcome(deployment("framed.", registry.url()), RegistryBrokerTest::post);
        Outcome mixed = outcome(deployment("mixed.", registry.url()), RegistryBrokerTest::sendInThreeWays);

        assertThat(without.snapshot.sums().judgments()).isEqualTo(JUDGMENTS);
        for (Outcome other : List.of(with, mixed)) {
            assertThat(other.snapshot.parameters()).isEqualTo(without.snapshot.parameters());
            assertThat(other.snapshot.sums().information())
                    .isEqualTo(without.snapshot.sums().information());
            assertThat(other.snapshot.sums().meat())
                    .isEqualTo(without.snapshot.sums().meat());
            assertThat(other.snapshot.sums().logLikelihood())
                    .isEqualTo(without.snapshot.sums().logLikelihood());
            assertThat(other.scores).isEqualTo(without.scores);
            assertThat(other.onTopic.candidates()).isEqualTo(without.onTopic.candidates());
        }
        assertThat(firstBytes("plain.")).containsExactly(0xC3);
        assertThat(firstBytes("framed.")).containsExactly(0);
        assertThat(subjects()).containsAll(namesOf("framed.")).containsAll(namesOf("mixed."));
        for (Subject subject : new Topics("framed.").subjects()) {
            assertThat(get("/config/" + subject.name())
                            .get("compatibilityLevel")
                            .asText())
                    .as(subject.name())
                    .isEqualTo(subject.compatibility().name());
        }
    }

    @Test
    void whatTheRegistryHoldsIncompatibleIsRefusedAtTheStartBySubject() throws Exception {
        register("clash.judgments-value", """
                {"type": "record", "name": "Judgment", "namespace": "dev.assay.schemas.admit",
                 "fields": [{"name": "judgmentId", "type": "int"}]}""");

        assertThatThrownBy(() -> Clients.setUpTopics(deployment("clash.", registry.url()), PATIENCE))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("subject clash.judgments-value")
                .hasMessageContaining("409")
                .hasMessageContaining("Incompatible artifact: clash.judgments-value");
    }

    @Test
    void aJudgmentOfASchemaThatCannotBeAskedForWaitsAndIsNotRefused() throws Exception {
        try (RegistryGate gate = new RegistryGate(registry.url())) {
            Deployment deployment = deployment("gate.", gate.url());
            Clients.setUpTopics(deployment, PATIENCE);
            int id = register("theirs", former("shownFirst").toString());
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            try (Role estimator = Role.estimator(deployment, meters);
                    CheckedSender sender = new CheckedSender(deployment)) {
                gate.shut(true);
                for (Judgment judgment : campaign.training().subList(0, 20)) {
                    sender.send(record(deployment, judgment, framed(id, former("shownFirst"), judgment)));
                }
                sender.flush();
                await("somebody asks in vain", () -> gate.turnedAway() >= 3);
                assertThat(estimator.failed()).isFalse();
                assertThat(meters.counter("admit.judgments.admitted").count()).isZero();

                gate.shut(false);
                await(
                        "all are admitted",
                        () -> meters.counter("admit.judgments.admitted").count() == 20);
            }
            Clients.read(
                    deployment,
                    deployment.topics().refusedJudgments().name(),
                    letter -> assertThat(letter).isNull());
        }
    }

    /** One rerun over all of them, from nothing, so that the same judgments give the same bits. */
    private static Deployment deployment(String prefix, @org.jspecify.annotations.Nullable String registryUrl)
            throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of(
                "ASSAY_TOPICS_PREFIX", prefix,
                "ASSAY_TOPICS_SHARDS", "2",
                "ASSAY_UPDATE_INTERVAL", "PT24H",
                "ASSAY_RERUN_MINIMUM_JUDGMENTS", Integer.toString(JUDGMENTS),
                "ASSAY_SCORE_SNAPSHOTS", "reruns",
                "ASSAY_SCORE_DECISIONS", "bounds"));
        if (registryUrl != null) {
            settings.put("ASSAY_REGISTRY_URL", registryUrl);
        }
        ServiceConfig config = ServiceConfig.parse(Files.readString(campaign.config()), settings);
        return new Deployment(config, config.features().open(folder));
    }

    private static Outcome outcome(Deployment deployment, Sending sending) throws Exception {
        Clients.setUpTopics(deployment, PATIENCE);
        sending.send(deployment, campaign.training().subList(0, JUDGMENTS));
        ScoreRequest request = new ScoreRequest(
                "r", campaign.prompts().get(0).candidates(), 0.9, CovarianceKind.MODEL, Centring.CANDIDATES, null);
        try (Role estimator = Role.estimator(deployment, new SimpleMeterRegistry());
                RunningScorer scorer = RunningScorer.start(
                        deployment,
                        deployment.config().servers().serve().withPort(0),
                        null,
                        null,
                        new SimpleMeterRegistry());
                ScoreClient client = new ScoreClient(deployment)) {
            ParameterSnapshot snapshot = GatewayBrokerTest.settled(deployment, JUDGMENTS);
            ScoreReply.Scored onTopic = client.ask(request, snapshot.version(), PATIENCE);
            assertThat(estimator.failed()).isFalse();
            return new Outcome(snapshot, score(scorer, request), onTopic);
        }
    }

    private static JsonNode score(RunningScorer scorer, ScoreRequest request) throws Exception {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode responses = body.putArray("responses");
        request.candidates().forEach(candidate -> {
            ArrayNode features = responses.addObject().putArray("features");
            for (float feature : java.util.Objects.requireNonNull(candidate.features())) {
                features.add(feature);
            }
        });
        return post(scorer.address() + "/v1/score", body.toString()).get("responses");
    }

    private static void post(Deployment deployment, List<Judgment> judgments) throws Exception {
        try (RunningGateway gateway = RunningGateway.start(
                deployment,
                GatewaySettings.DEFAULTS.withPort(0),
                PlatformSettings.DEFAULTS,
                new SimpleMeterRegistry())) {
            for (int from = 0; from < judgments.size(); from += 500) {
                ArrayNode batch = JSON.createArrayNode();
                judgments.subList(from, from + 500).forEach(each -> batch.add(GatewayBrokerTest.json(each)));
                post(gateway.address() + "/v1/judgments", batch.toString());
            }
        }
    }

    /** As single objects, with the schema of this build, and with one of a build before it. */
    private static void sendInThreeWays(Deployment deployment, List<Judgment> judgments) throws Exception {
        Schema former = former("featureSpace", "session", "shownFirst", "source");
        int id = register("mixed.judgments-value", former.toString());
        JudgmentCodec[] codecs = {new JudgmentCodec(WireFormat.SINGLE_OBJECT), new JudgmentCodec(deployment.wire())};
        try (CheckedSender sender = new CheckedSender(deployment)) {
            for (int i = 0; i < judgments.size(); i++) {
                Judgment judgment = judgments.get(i);
                byte[] value = i % 3 == 2 ? framed(id, former, judgment) : codecs[i % 3].encode(judgment);
                sender.send(record(deployment, judgment, value));
            }
            sender.flush();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Deployment deployment, Judgment judgment, byte[] value) {
        var like = new JudgmentRecords(deployment.topics(), deployment.shards(), WireFormat.SINGLE_OBJECT).of(judgment);
        return new ProducerRecord<>(like.topic(), like.partition(), like.key(), value);
    }

    /** @return the schema of judgments as it may have been before it had these fields */
    private static Schema former(String... without) throws IOException {
        ObjectNode schema = (ObjectNode)
                JSON.readTree(dev.assay.schemas.admit.Judgment.getClassSchema().toString());
        Set<String> gone = Set.of(without);
        ArrayNode kept = JSON.createArrayNode();
        schema.get("fields").forEach(field -> {
            if (!gone.contains(field.get("name").asText())) {
                kept.add(field);
            }
        });
        schema.set("fields", kept);
        return new Schema.Parser().parse(schema.toString());
    }

    private static byte[] framed(int id, Schema schema, Judgment judgment) throws IOException {
        byte[] now = new JudgmentCodec().encode(judgment);
        GenericRecord record = new GenericDatumReader<GenericRecord>(
                        dev.assay.schemas.admit.Judgment.getClassSchema(), schema)
                .read(
                        null,
                        DecoderFactory.get()
                                .binaryDecoder(now, SINGLE_OBJECT_HEADER, now.length - SINGLE_OBJECT_HEADER, null));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ByteBuffer.allocate(5).putInt(1, id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** @return the first bytes of the values on all topics that carry Avro, as far as there are records */
    private static Set<Integer> firstBytes(String prefix) throws IOException {
        Set<Integer> bytes = new TreeSet<>();
        Deployment deployment = deployment(prefix, registry.url());
        int topics = 0;
        for (Topic topic : deployment.topics().all(deployment.shape().parameters())) {
            Set<Integer> here = new TreeSet<>();
            Clients.read(deployment, topic.name(), record -> {
                if (record.value() != null && !topic.subjects().isEmpty()) {
                    here.add(record.value()[0] & 0xFF);
                }
            });
            topics += here.isEmpty() ? 0 : 1;
            bytes.addAll(here);
        }
        assertThat(topics).isGreaterThanOrEqualTo(9); // all but erasures and commands
        return bytes;
    }

    private static List<String> namesOf(String prefix) {
        return new Topics(prefix).subjects().stream().map(Subject::name).toList();
    }

    private static Set<String> subjects() throws Exception {
        Set<String> names = new TreeSet<>();
        get("/subjects").forEach(name -> names.add(name.asText()));
        return names;
    }

    private static int register(String subject, String schema) throws Exception {
        String body = JSON.createObjectNode().put("schema", schema).toString();
        return post(registry.url() + "/subjects/" + subject + "/versions", body)
                .get("id")
                .asInt();
    }

    private static JsonNode get(String path) throws Exception {
        return answer(HttpRequest.newBuilder(URI.create(registry.url() + path)));
    }

    private static JsonNode post(String address, String body) throws Exception {
        return answer(HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static JsonNode answer(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void await(String what, java.util.function.BooleanSupplier so) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain until " + what).isLessThan(deadline);
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
        }
    }
}
