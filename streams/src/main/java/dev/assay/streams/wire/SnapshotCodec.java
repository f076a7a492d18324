package dev.assay.streams.wire;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Require;
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
        require(avro, reward.size(), rationality.size());
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

    private static void require(dev.assay.schemas.publish.ParameterSnapshot avro, int d, int k) {
        Require.that(avro.getVersion() >= 1, "version must be at least 1, was %s", avro.getVersion());
        requireNames("rewardNames", avro.getRewardNames(), d);
        requireNames("rationalityNames", avro.getRationalityNames(), k);
        Require.that(
                avro.getCross().getDimension() == d * k,
                "cross must have %s entries, had %s",
                d * k,
                avro.getCross().getDimension());
        for (int index : avro.getNotEstimable()) {
            Require.that(
                    index >= 0
                            && index
                                    < avro.getRewardNames().size()
                                            + avro.getRationalityNames().size(),
                    "notEstimable must be indices of %s parameters with names, one was %s",
                    d + k,
                    index);
        }
        Require.that(avro.getJudgments() >= 0, "judgments must be at least 0, were %s", avro.getJudgments());
        requireNumber("weight", avro.getWeight(), 0);
        requireNumber("clusters", avro.getClusters(), 0);
        requireNumber("logLikelihood", avro.getLogLikelihood(), Double.NEGATIVE_INFINITY);
        requireNumber("decrement", avro.getDecrement(), Double.NEGATIVE_INFINITY);
        requireNumber("drift", avro.getDrift(), Double.NEGATIVE_INFINITY);
        for (var found : avro.getDiagnostics()) {
            Require.that(!Double.isNaN(found.getValue()), "a diagnostic's value must be a number, was NaN");
        }
    }

    /** Snapshots of older builds have none. */
    private static void requireNames(String field, List<String> names, int parameters) {
        Require.that(
                names.isEmpty() || names.size() == parameters,
                "%s must name %s parameters, had %s names",
                field,
                parameters,
                names.size());
    }

    private static void requireNumber(String field, double value, double least) {
        Require.that(
                Double.isFinite(value) && value >= least,
                "%s must be finite, at least %s, was %s",
                field,
                least,
                value);
    }

    private static ParameterSnapshot.Kind kindOf(SnapshotKind kind) throws UndecodableException {
        return switch (kind) {
            case RERUN -> ParameterSnapshot.Kind.RERUN;
            case INCREMENTAL -> ParameterSnapshot.Kind.INCREMENTAL;
            case UNKNOWN -> throw UndecodableException.malformed("ParameterSnapshot of unknown kind");
        };
    }
}
