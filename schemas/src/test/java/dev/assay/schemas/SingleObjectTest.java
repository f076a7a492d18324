package dev.assay.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.assay.schemas.admit.Retraction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SingleObjectTest {
    private static final SingleObject<Retraction> CODEC = new SingleObject<>(Retraction.class);
    private static final Retraction RETRACTION = new Retraction("j1", "a1", null, "test");

    @Test
    void whatIsEncodedIsDecoded() throws UndecodableException {
        assertThat(CODEC.decode(CODEC.encode(RETRACTION))).isEqualTo(RETRACTION);
    }

    @Test
    void theFrameIsTheOneAvroSpecifies() {
        byte[] bytes = CODEC.encode(RETRACTION);
        assertThat(Arrays.copyOf(bytes, 2)).containsExactly(0xC3, 0x01);
    }

    @Test
    void anUnknownFingerprintIsNamed() {
        byte[] bytes = CODEC.encode(RETRACTION);
        bytes[5] ^= 1;
        assertThatThrownBy(() -> CODEC.decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("unknown schema fingerprint");
    }

    @Test
    void bytesLeftOverAreRefused() {
        byte[] bytes = CODEC.encode(RETRACTION);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> CODEC.decode(longer)).hasMessageContaining("bytes that belong to nothing");
    }

    @Test
    void aClaimedLengthBeyondTheLimitIsRefusedBeforeAnythingIsAllocated() {
        byte[] header = Arrays.copyOf(CODEC.encode(RETRACTION), 10);
        // A string said to be 2,000,000,000 bytes long, as zig-zag varint.
        byte[] bytes = ByteBuffer.allocate(15)
                .put(header)
                .put(new byte[] {(byte) 0x80, (byte) 0xD0, (byte) 0xAC, (byte) 0xF3, 0x0E})
                .array();
        assertThatThrownBy(() -> CODEC.decode(bytes)).isInstanceOf(UndecodableException.class);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noBytesBehindAKnownHeaderDoMoreThanBeRefused(long seed) {
        byte[] header = Arrays.copyOf(CODEC.encode(RETRACTION), 10);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            byte[] bytes =
                    ByteBuffer.allocate(10 + body.length).put(header).put(body).array();
            // Either it happens to be a value or it is refused as undecodable; nothing else may come out.
            UndecodableException refused = catchThrowableOfType(UndecodableException.class, () -> CODEC.decode(bytes));
            assertThat(refused == null || refused.schemaKnown()).isTrue();
        }
    }

    @Test
    void aValueOfAnOlderSchemaIsReadWithTheDefaultsOfTheNewer() throws UndecodableException {
        Schema older = new Schema.Parser().parse("""
                        {"type": "record", "name": "Retraction", "namespace": "dev.assay.schemas.admit", "fields": [
                          {"name": "judgmentId", "type": {"type": "string", "avro.java.string": "String"}},
                          {"name": "annotatorId", "type": ["null", {"type": "string", "avro.java.string": "String"}],
                           "default": null}]}
                        """);
        SingleObject<Retraction> reader = new SingleObject<>(Retraction.class, older);
        byte[] bytes = encodeOlder(older);
        assertThat(reader.decode(bytes)).isEqualTo(new Retraction("j1", null, null, ""));
    }

    private static byte[] encodeOlder(Schema older) {
        var record = new org.apache.avro.generic.GenericData.Record(older);
        record.put("judgmentId", "j1");
        try {
            ByteBuffer encoded = new org.apache.avro.message.BinaryMessageEncoder<
                            org.apache.avro.generic.GenericRecord>(org.apache.avro.generic.GenericData.get(), older)
                    .encode(record);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
