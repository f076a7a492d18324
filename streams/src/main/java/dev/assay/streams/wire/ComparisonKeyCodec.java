package dev.assay.streams.wire;

import dev.assay.schemas.SingleObject;
import dev.assay.schemas.UndecodableException;
import dev.assay.streams.model.ComparisonKey;

/** Keys of comparisons: equal keys make equal bytes. */
public final class ComparisonKeyCodec implements Codec<ComparisonKey> {
    private final SingleObject<dev.assay.schemas.admit.ComparisonKey> keys =
            new SingleObject<>(dev.assay.schemas.admit.ComparisonKey.class);

    @Override
    public byte[] encode(ComparisonKey key) {
        return keys.encode(new dev.assay.schemas.admit.ComparisonKey(key.annotatorId(), key.judgmentId()));
    }

    @Override
    public ComparisonKey decode(byte[] bytes) throws UndecodableException {
        var avro = keys.decode(bytes);
        return new ComparisonKey(avro.getAnnotatorId(), avro.getJudgmentId());
    }
}
