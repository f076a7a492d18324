package dev.assay.streams.collect;

import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.Erasure;
import dev.assay.streams.quarantine.Usable;
import dev.assay.streams.wire.Codec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What may stand on the deny list: an erasure under the annotator it names. */
public final class DenyEntries implements NewestRecord.Check<byte[]> {
    private final Codec<Erasure> codec;

    /** @param wire of the deny list */
    public DenyEntries(WireFormat wire) {
        codec = Codec.erasures(wire);
    }

    @Override
    public void check(int partition, byte[] key, byte[] value) {
        Erasure erasure = Usable.value(codec, value);
        Usable.key(isOf(key, erasure), "the annotator that the value names");
    }

    static boolean isOf(byte[] key, Erasure erasure) {
        return Arrays.equals(key, erasure.getAnnotatorId().getBytes(StandardCharsets.UTF_8));
    }
}
