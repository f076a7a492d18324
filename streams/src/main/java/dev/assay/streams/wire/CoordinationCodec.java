package dev.assay.streams.wire;

import dev.assay.estimator.descent.Method;
import dev.assay.estimator.descent.SavedState;
import dev.assay.schemas.DoubleVector;
import dev.assay.schemas.SingleObject;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.descend.OpenRerun;
import dev.assay.streams.model.Coordination;
import dev.assay.streams.model.PendingErasure;
import dev.assay.streams.model.Rerun;
import dev.assay.streams.model.RerunReason;
import dev.assay.streams.model.ShardReport.ErasureProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the coordinator remembers. */
public final class CoordinationCodec implements Codec<Coordination> {
    private final SingleObject<dev.assay.schemas.descend.Coordination> coordinations =
            new SingleObject<>(dev.assay.schemas.descend.Coordination.class);

    @Override
    public byte[] encode(Coordination memory) {
        return coordinations.encode(new dev.assay.schemas.descend.Coordination(
                ShardOrderCodec.toAvro(memory.order()),
                toAvro(memory.rerun()),
                memory.lastJudgments(),
                memory.commanded(),
                memory.held(),
                memory.erasures().stream().map(CoordinationCodec::toAvro).toList(),
                toAvro(memory.descent())));
    }

    @Override
    public Coordination decode(byte[] bytes) throws UndecodableException {
        var avro = coordinations.decode(bytes);
        List<PendingErasure> erasures = new ArrayList<>();
        for (var erasure : avro.getErasures()) {
            erasures.add(fromAvro(erasure));
        }
        return new Coordination(
                ShardOrderCodec.fromAvro(avro.getOrder()),
                fromAvro(avro.getDescent()),
                fromAvro(avro.getRerun()),
                avro.getLastJudgments(),
                List.copyOf(avro.getCommanded()),
                avro.getHeld(),
                List.copyOf(erasures));
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

    private static @Nullable OpenRerun toAvro(@Nullable Rerun rerun) {
        return rerun == null
                ? null
                : new OpenRerun(
                        rerun.id(),
                        rerun.method().label(),
                        rerun.reason().name(),
                        rerun.commandIds(),
                        rerun.judgments(),
                        rerun.drift(),
                        rerun.resumed());
    }

    private static @Nullable Rerun fromAvro(@Nullable OpenRerun avro) throws UndecodableException {
        if (avro == null) {
            return null;
        }
        try {
            return new Rerun(
                    avro.getId(),
                    Method.of(avro.getMethod()),
                    RerunReason.valueOf(avro.getReason()),
                    List.copyOf(avro.getCommandIds()),
                    avro.getJudgments(),
                    avro.getDrift(),
                    avro.getResumed());
        } catch (IllegalArgumentException e) {
            throw UndecodableException.malformed("OpenRerun: " + e.getMessage());
        }
    }

    private static dev.assay.schemas.descend.PendingErasure toAvro(PendingErasure erasure) {
        ErasureProgress progress = erasure.progress();
        return new dev.assay.schemas.descend.PendingErasure(
                ErasureCodec.toAvro(erasure.erasure()),
                progress == null
                        ? null
                        : new dev.assay.schemas.descend.ErasureProgress(
                                progress.commandId(), progress.judgments(), progress.tombstones(), progress.swept()),
                erasure.versionDowndate(),
                erasure.versionAfter(),
                erasure.gap(),
                erasure.rerun());
    }

    private static PendingErasure fromAvro(dev.assay.schemas.descend.PendingErasure avro) throws UndecodableException {
        var progress = avro.getProgress();
        return new PendingErasure(
                ErasureCodec.fromAvro(avro.getErasure()),
                progress == null
                        ? null
                        : new ErasureProgress(
                                progress.getCommandId(),
                                progress.getJudgments(),
                                progress.getTombstones(),
                                progress.getSwept()),
                avro.getVersionDowndate(),
                avro.getVersionAfter(),
                avro.getGap(),
                avro.getRerun());
    }
}
