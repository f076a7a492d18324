package dev.assay.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.schemas.score.ReplyStatus;
import dev.assay.schemas.score.ScoreReply;
import dev.assay.schemas.score.ScoreRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

class OlderSchemasTest {
    @Test
    void anOlderRequestIsReadWithTheDefaultsOfTheNewer() throws UndecodableException {
        Schema older = OlderSchemas.of(ScoreRequest.class)[0];
        GenericRecord request = new GenericData.Record(older);
        request.put("requestId", "r1");
        request.put("candidates", List.of());
        request.put("level", 0.9);
        request.put("covariance", symbol(older, "covariance", "MODEL"));
        request.put("centre", symbol(older, "centre", "CANDIDATES"));

        ScoreRequest read = new SingleObject<>(ScoreRequest.class, OlderSchemas.of(ScoreRequest.class))
                .decode(encoded(older, request));

        assertThat(read.getRequestId()).isEqualTo("r1");
        assertThat(read.getLevel()).isEqualTo(0.9);
        assertThat(read.getQuantile()).isNull();
        assertThat(read.getAbstain()).isFalse();
    }

    @Test
    void anOlderReaderTakesANewStatusForUnknown() throws IOException {
        ScoreReply reply = ScoreReply.newBuilder()
                .setRequestId("r1")
                .setStatus(ReplyStatus.EXPIRED)
                .setCentre(dev.assay.schemas.score.Centre.CANDIDATES)
                .build();
        byte[] framed = new SingleObject<>(ScoreReply.class).encode(reply);
        BinaryDecoder body = DecoderFactory.get().binaryDecoder(framed, 10, framed.length - 10, null);
        Schema older = OlderSchemas.of(ScoreReply.class)[0];

        GenericRecord read = new org.apache.avro.generic.GenericDatumReader<GenericRecord>(
                        ScoreReply.getClassSchema(), older)
                .read(null, body);

        assertThat(read.get("status")).hasToString("UNKNOWN");
    }

    private static GenericData.EnumSymbol symbol(Schema record, String field, String name) {
        return new GenericData.EnumSymbol(record.getField(field).schema(), name);
    }

    private static byte[] encoded(Schema schema, GenericRecord record) {
        try {
            ByteBuffer encoded = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(record);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
