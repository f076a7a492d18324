package dev.assay.lab.chaos;

import dev.assay.schemas.WireFormat;
import dev.assay.streams.model.JudgedResponse;
import dev.assay.streams.model.Judgment;
import dev.assay.streams.model.Occasion;
import dev.assay.streams.wire.JudgmentCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records that no service should take for judgments; a header tells them apart on the dead-letter topic. */
final class Malformed {
    /** Header with the record's number. */
    static final String NUMBER_HEADER = "chaos.malformed";

    private final JudgmentCodec codec;
    private final SplittableRandom random;

    Malformed(SplittableRandom random, WireFormat wire) {
        codec = new JudgmentCodec(wire);
        this.random = random;
    }

    /** @param like a judgment that would be good; keyed as it, spoilt in one of six ways */
    ProducerRecord<byte[], byte[]> record(String topic, int number, byte[] key, Judgment like) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value(like));
        record.headers().add(NUMBER_HEADER, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private byte @Nullable [] value(Judgment like) {
        byte[] good = codec.encode(like);
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> Arrays.copyOf(good, good.length / 2);
            case 2 -> noise();
            case 3 -> spoilt(like, new float[] {Float.NaN, 0, 0, 0}, 1);
            case 4 -> spoilt(like, new float[ChaosCampaign.REWARD_DIMENSION + 1], 1);
            default -> spoilt(like, new float[ChaosCampaign.REWARD_DIMENSION], -1);
        };
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(1, 200)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] spoilt(Judgment like, float[] features, double weight) {
        return codec.encode(new Judgment(
                like.judgmentId(),
                like.annotatorId(),
                like.promptId(),
                List.of(
                        new JudgedResponse("a", null, null, features),
                        like.responses().get(1)),
                like.ranking(),
                weight,
                null,
                Occasion.of(like.occasion().context(), like.occasion().source())));
    }
}
