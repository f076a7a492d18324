package dev.assay.streams.wire;

import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.SavedState;
import dev.assay.schemas.DoubleVector;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.RerunReason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the coordinator remembers; its changelog is no topic of the catalogue, so these are Avro single objects. */
public final class CoordinationCodec extends RecordCodec<Coordination, dev.assay.schemas.descend.Coordination> {
    public CoordinationCodec() {
        super(
                WireFormat.SINGLE_OBJECT,
                dev.assay.schemas.descend.Coordination.class,
                CoordinationCodec::write,
                CoordinationCodec::read);
    }

    private static dev.assay.schemas.descend.Coordination write(Coordination memory) {
        return new dev.assay.schemas.descend.Coordination(
                ShardOrderCodec.toAvro(memory.order()),
                memory.rerun(),
                memory.lastJudgments(),
                memory.commanded(),
                memory.held(),
                memory.erasures(),
                toAvro(memory.descent()));
    }

    private static Coordination read(dev.assay.schemas.descend.Coordination avro) throws UndecodableException {
        return new Coordination(
                ShardOrderCodec.fromAvro(avro.getOrder()),
                fromAvro(avro.getDescent()),
                checked(avro.getRerun()),
                avro.getLastJudgments(),
                List.copyOf(avro.getCommanded()),
                avro.getHeld(),
                List.copyOf(avro.getErasures()));
    }

    /** @throws IllegalArgumentException if it names what this version of the code does not know */
    private static @Nullable OpenRerun checked(@Nullable OpenRerun rerun) {
        if (rerun != null) {
            Method.of(rerun.getMethod());
            RerunReason.of(rerun);
        }
        return rerun;
    }

    private static dev.assay.schemas.descend.@Nullable SavedState toAvro(@Nullable SavedState state) {
        if (state == null) {
            return null;
        }
        Map<String, DoubleVector> parts = new TreeMap<>();
        state.parts().forEach((name, part) -> parts.put(name, PackedVectors.pack(part)));
        return new dev.assay.schemas.descend.SavedState(state.version(), state.kind(), parts);
    }

    private static @Nullable SavedState fromAvro(dev.assay.schemas.descend.@Nullable SavedState avro)
            throws UndecodableException {
        if (avro == null) {
            return null;
        }
        Map<String, double[]> parts = new TreeMap<>();
        for (var part : avro.getParts().entrySet()) {
            parts.put(part.getKey(), PackedVectors.unpack(part.getValue()));
        }
        return new SavedState(avro.getVersion(), avro.getKind(), parts);
    }
}
