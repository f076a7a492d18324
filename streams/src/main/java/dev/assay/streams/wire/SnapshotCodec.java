package dev.assay.streams.wire;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.schemas.UndecodableException;
import dev.assay.schemas.WireFormat;
import dev.assay.schemas.publish.SnapshotKind;
import dev.assay.streams.model.ParameterSnapshot;
import java.util.List;

/** Parameter snapshots. */
public final class SnapshotCodec extends RecordCodec<ParameterSnapshot, dev.assay.schemas.publish.ParameterSnapshot> {
    /** Of bytes that no topic sees: Avro single objects. */
    public SnapshotCodec() {
        this(WireFormat.SINGLE_OBJECT);
    }

    /** @param wire the deployment's, for bytes of its topics */
    public SnapshotCodec(WireFormat wire) {
        super(wire, dev.assay.schemas.publish.ParameterSnapshot.class, SnapshotCodec::write, SnapshotCodec::read);
    }

    private static dev.assay.schemas.publish.ParameterSnapshot write(ParameterSnapshot snapshot) {
        return dev.assay.schemas.publish.ParameterSnapshot.newBuilder()
                .setModel(snapshot.model())
                .setVersion(snapshot.version())
                .setKind(SnapshotKind.valueOf(snapshot.kind().name()))
                .setReward(PackedVectors.pack(snapshot.parameters().reward()))
                .setRationality(PackedVectors.pack(snapshot.parameters().rationality()))
                .setRewardNames(snapshot.spaces().rewardNames())
                .setRationalityNames(snapshot.spaces().rationalityNames())
                .setInformation(PackedVectors.pack(snapshot.sums().information().packedVector()))
                .setCross(PackedVectors.pack(snapshot.sums().cross()))
                .setMeat(PackedVectors.pack(snapshot.sums().meat().packedVector()))
                .setJudgments(snapshot.sums().judgments())
                .setWeight(snapshot.sums().weight())
                .setClusters(snapshot.sums().clusters())
                .setLogLikelihood(snapshot.sums().logLikelihood())
                .setDecrement(snapshot.quality().decrement())
                .setConverged(true)
                .setRounds(snapshot.quality().rounds())
                .setDiagnostics(snapshot.quality().diagnostics().stream()
                        .map(found ->
                                new dev.assay.schemas.publish.Diagnostic(found.name(), found.value(), found.message()))
                        .toList())
                .setFeatureSpace(snapshot.spaces().featureSpace())
                .setContextSpec(snapshot.spaces().contextSpec())
                .setCoveredOffsets(snapshot.origin().coveredOffsets())
                .setDrift(snapshot.quality().drift())
                .setRolledBackFrom(snapshot.origin().rolledBackFrom())
                .setNotEstimable(snapshot.quality().notEstimable())
                .setCodeRevision(snapshot.origin().codeRevision())
                .setRuntime(snapshot.origin().runtime())
                .setPublishedAt(snapshot.origin().publishedAt())
                .build();
    }

    private static ParameterSnapshot read(dev.assay.schemas.publish.ParameterSnapshot avro)
            throws UndecodableException {
        Vector reward = PackedVectors.vector(avro.getReward());
        Vector rationality = PackedVectors.vector(avro.getRationality());
        int dimension = reward.size() + rationality.size();
        return new ParameterSnapshot(
                avro.getModel(),
                avro.getVersion(),
                kindOf(avro.getKind()),
                new Parameters(reward, rationality),
                new ParameterSnapshot.Spaces(
                        avro.getFeatureSpace(),
                        avro.getContextSpec(),
                        List.copyOf(avro.getRewardNames()),
                        List.copyOf(avro.getRationalityNames())),
                new ParameterSnapshot.Sums(
                        PackedSymmetric.of(dimension, PackedVectors.unpack(avro.getInformation())),
                        PackedVectors.vector(avro.getCross()),
                        PackedSymmetric.of(dimension, PackedVectors.unpack(avro.getMeat())),
                        avro.getJudgments(),
                        avro.getWeight(),
                        avro.getClusters(),
                        avro.getLogLikelihood()),
                new ParameterSnapshot.Quality(
                        avro.getDecrement(),
                        avro.getDrift(),
                        avro.getRounds(),
                        avro.getDiagnostics().stream()
                                .map(found -> new Diagnostic(found.getName(), found.getValue(), found.getMessage()))
                                .toList(),
                        List.copyOf(avro.getNotEstimable())),
                new ParameterSnapshot.Origin(
                        List.copyOf(avro.getCoveredOffsets()),
                        avro.getRolledBackFrom(),
                        avro.getCodeRevision(),
                        avro.getRuntime(),
                        avro.getPublishedAt()));
    }

    private static ParameterSnapshot.Kind kindOf(SnapshotKind kind) throws UndecodableException {
        return switch (kind) {
            case RERUN -> ParameterSnapshot.Kind.RERUN;
            case INCREMENTAL -> ParameterSnapshot.Kind.INCREMENTAL;
            case UNKNOWN -> throw UndecodableException.malformed("ParameterSnapshot of unknown kind");
        };
    }
}
