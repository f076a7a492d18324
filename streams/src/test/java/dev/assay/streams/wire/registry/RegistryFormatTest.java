package dev.assay.streams.wire.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.schemas.Compatibility;
import dev.assay.schemas.RecordFormat;
import dev.assay.schemas.SingleObject;
import dev.assay.schemas.Subject;
import dev.assay.schemas.Topics;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.admit.ComparisonKey;
import dev.assay.schemas.admit.Retraction;
import dev.assay.streams.Deployments;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.patience.FakePatience;
import dev.assay.streams.wire.JudgmentCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryFormatTest {
    private static final Topics TOPICS = new Topics("t.");
    private static final Retraction RETRACTION = new Retraction("j1", "a1", null, "test");
    private static final String NAMESPACE = "\"namespace\": \"dev.assay.schemas.admit\", \"type\": \"record\", ";

    private final FakeRegistry fake = new FakeRegistry();
    private final FakePatience patience = new FakePatience();
    private final RegistryFormat wire = wire(true);
    private final RecordFormat<Retraction> retractions = wire.of(Retraction.class);

    @AfterEach
    void stop() {
        fake.close();
    }

    private RegistryFormat wire(boolean write) {
        RegistrySettings settings = new RegistrySettings(fake.url(), null, null, Duration.ofSeconds(5), write);
        return (RegistryFormat) settings.wireFormat(TOPICS, patience);
    }

    @Test
    void theFrameIsZeroAndTheIdBigEndianAndTheBodyThatOfASingleObject() {
        for (int i = 0; i < 258; i++) {
            fake.put("others", "\"padding " + i + "\""); // so that the id has more than one byte
        }
        byte[] bytes = retractions.encode(RETRACTION);
        byte[] single = new SingleObject<>(Retraction.class).encode(RETRACTION);

        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 1, 3);
        assertThat(Arrays.copyOfRange(bytes, 5, bytes.length)).isEqualTo(Arrays.copyOfRange(single, 10, single.length));
    }

    @Test
    void whatIsEncodedIsDecodedAndAfterTheFirstNobodyIsAsked() throws UndecodableException {
        byte[] bytes = retractions.encode(RETRACTION);
        assertThat(retractions.decode(bytes)).isEqualTo(RETRACTION);
        int asked = fake.requests().size();
        fake.setDown(true);

        for (int i = 0; i < 100; i++) {
            assertThat(retractions.recognises(bytes)).isTrue();
            assertThat(retractions.decode(retractions.encode(RETRACTION))).isEqualTo(RETRACTION);
        }

        assertThat(fake.requests()).hasSize(asked);
    }

    @Test
    void judgmentsAndRetractionsAreToldApartByTheirIds() throws UndecodableException {
        JudgmentCodec codec = new JudgmentCodec(wire);
        Judgment judgment = Deployments.judgment(1);
        var retraction = new dev.assay.streams.model.Retraction("j1", "a1", "test");
        assertThat(codec.decode(codec.encode(judgment)))
                .usingRecursiveComparison()
                .isEqualTo(judgment);
        assertThat(codec.decode(codec.encode(retraction))).isEqualTo(retraction);
    }

    @Test
    void singleObjectsAreReadTooAndAnOnlyReaderWritesThem() throws UndecodableException {
        byte[] single = new SingleObject<>(Retraction.class).encode(RETRACTION);
        assertThat(retractions.decode(single)).isEqualTo(RETRACTION);

        RegistryFormat onlyReading = wire(false);
        onlyReading.register();
        assertThat(fake.requests()).isEmpty();
        RecordFormat<Retraction> reader = onlyReading.of(Retraction.class);
        assertThat(reader.encode(RETRACTION)).isEqualTo(single);
        assertThat(reader.decode(retractions.encode(RETRACTION))).isEqualTo(RETRACTION);
    }

    @Test
    void withoutARegistryItsFrameIsRefusedByName() {
        byte[] bytes = retractions.encode(RETRACTION);
        RecordFormat<Retraction> single = WireFormat.SINGLE_OBJECT.of(Retraction.class);
        assertThat(single.recognises(bytes)).isFalse();
        assertThatThrownBy(() -> single.decode(bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        e -> assertThat(e.schemaKnown()).isFalse())
                .hasMessageContaining("schema id 1")
                .hasMessageContaining("registry.url");
    }

    @Test
    void anEarlierOrALaterWritersRecordIsReadWithTheDefaultsOfTheReader() throws Exception {
        // As other languages write them, without Avro's remarks for Java.
        String earlier = "{" + NAMESPACE + """
                "name": "Retraction", "fields": [
                {"name": "annotatorId", "type": ["null", "string"]}, {"name": "judgmentId", "type": "string"}]}""";
        String later = "{" + NAMESPACE + """
                "name": "Retraction", "fields": [{"name": "why", "type": "string"},
                {"name": "judgmentId", "type": "string"}, {"name": "source", "type": "string"}]}""";
        byte[] old = written(earlier, record -> record.put("judgmentId", "j1"));
        byte[] young = written(later, record -> {
            record.put("why", "typo");
            record.put("judgmentId", "j1");
            record.put("source", "x");
        });

        assertThat(retractions.decode(old)).isEqualTo(new Retraction("j1", null, null, ""));
        assertThat(retractions.decode(young)).isEqualTo(new Retraction("j1", null, null, "x"));
    }

    @Test
    void aSchemaOfAnotherRecordOrOneThatCannotBeReadIsRefusedWithTheReason() throws Exception {
        byte[] other = written("{" + NAMESPACE + "\"name\": \"Vote\", \"fields\": []}", record -> {});
        byte[] without = written("{" + NAMESPACE + "\"name\": \"Retraction\", \"fields\": []}", record -> {});

        assertThat(retractions.recognises(other)).isFalse();
        unknown(other, "is of dev.assay.schemas.admit.Vote, not of dev.assay.schemas.admit.Retraction");
        unknown(without, "cannot be read as dev.assay.schemas.admit.Retraction");
        unknown(without, "judgmentId");
    }

    @Test
    void anUnknownIdIsRefusedAndAskedForAgainOnlyAfterAWhile() {
        byte[] bytes = frame(77);
        for (int i = 0; i < 10; i++) {
            unknown(bytes, "no Avro schema with id 77");
        }
        assertThat(fake.requests()).containsExactly("GET /schemas/ids/77");
        patience.pass(Duration.ofSeconds(11));
        unknown(bytes, "no Avro schema with id 77");
        assertThat(fake.requests()).hasSize(2);
        unknown(frame(-1), "no Avro schema with id -1");
        assertThat(fake.requests()).hasSize(2);
    }

    @Test
    void aRegistryThatIsAwayIsNoVerdictOnTheRecord() throws UndecodableException {
        byte[] bytes = wire(true).of(Retraction.class).encode(RETRACTION);
        fake.setDown(true);
        assertThatThrownBy(() -> retractions.decode(bytes)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> retractions.recognises(bytes)).isInstanceOf(RegistryUnavailableException.class);
        fake.setDown(false);
        assertThat(retractions.decode(bytes)).isEqualTo(RETRACTION);
    }

    @Test
    void aWaitingReaderGoesOnWhenTheRegistryComesBack() throws UndecodableException {
        byte[] bytes = wire(true).of(Retraction.class).encode(RETRACTION);
        fake.setDown(true);
        patience.meanwhile(() -> fake.setDown(patience.pauses().size() < 4));
        assertThat(retractions.decode(bytes)).isEqualTo(RETRACTION);
        assertThat(patience.pauses()).hasSize(4);
    }

    @Test
    void everySubjectIsRegisteredWithItsLevelAndOnlyOnce() {
        wire.register();
        List<Subject> subjects = TOPICS.subjects();
        assertThat(fake.subjects())
                .containsExactlyInAnyOrderElementsOf(
                        subjects.stream().map(Subject::name).toList());
        assertThat(fake.levels()).hasSameSizeAs(subjects);
        subjects.forEach(subject -> assertThat(fake.levels())
                .containsEntry(subject.name(), subject.compatibility().name()));
        assertThat(fake.levels())
                .containsEntry("t.judgments-value", Compatibility.BACKWARD_TRANSITIVE.name())
                .containsEntry(
                        "t.judgments-dev.assay.schemas.admit.Retraction", Compatibility.BACKWARD_TRANSITIVE.name())
                .containsEntry("t.parameters-value", Compatibility.FULL_TRANSITIVE.name());
        int asked = fake.requests().size();
        wire.register();
        assertThat(fake.requests()).hasSize(asked);
    }

    @Test
    void whatIsNoValueOfATopicIsNotTheRegistrysToFrame() {
        assertThatThrownBy(() -> wire.of(ComparisonKey.class)).hasMessageContaining("value of no topic");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noBytesBehindAKnownIdDoMoreThanBeRefused(long seed) {
        byte[] header = Arrays.copyOf(retractions.encode(RETRACTION), 5);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            byte[] bytes =
                    ByteBuffer.allocate(5 + body.length).put(header).put(body).array();
            UndecodableException refused =
                    catchThrowableOfType(UndecodableException.class, () -> retractions.decode(bytes));
            assertThat(refused == null || refused.schemaKnown()).isTrue();
        }
    }

    private void unknown(byte[] bytes, String message) {
        assertThatThrownBy(() -> retractions.decode(bytes))
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        e -> assertThat(e.schemaKnown()).isFalse())
                .hasMessageContaining(message);
    }

    private static byte[] frame(int id) {
        return ByteBuffer.allocate(5).putInt(1, id).array();
    }

    /** As somebody else writes, who has registered a schema of his own. */
    private byte[] written(String text, java.util.function.Consumer<GenericRecord> fill) throws IOException {
        Schema schema = new Schema.Parser().parse(text);
        GenericRecord record = new GenericData.Record(schema);
        fill.accept(record);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(frame(fake.put("theirs", text)));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
