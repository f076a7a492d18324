package dev.assay.streams.publish;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.choice.Parameters;
import dev.assay.estimator.descent.Diagnostic;
import dev.assay.estimator.descent.Fit;
import dev.assay.estimator.descent.OneStep;
import dev.assay.estimator.sums.Answer;
import dev.assay.streams.descend.FinishedRerun;
import dev.assay.streams.descend.Update;
import dev.assay.streams.model.ParameterSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Estimates as snapshots. */
final class SnapshotWriter {
    private final Provenance provenance;

    SnapshotWriter(Provenance provenance) {
        this.provenance = provenance;
    }

    /**
     * While judgments arrive a rerun ends near the maximum, not at it; one Newton step more is closer by an order,
     * MODEL (8), and the snapshot says by its kind and decrement that a step was taken.
     */
    ParameterSnapshot rerun(FinishedRerun rerun, long version, long now) {
        Fit fit = rerun.fit();
        if (rerun.exact()) {
            return snapshot(
                    version,
                    ParameterSnapshot.Kind.RERUN,
                    fit.parameters(),
                    fit.answer(),
                    new ParameterSnapshot.Quality(
                            fit.decrement(),
                            0,
                            fit.rounds(),
                            fit.diagnostics(),
                            fit.aliasing().indices()),
                    rerun.coveredOffsets(),
                    now);
        }
        OneStep step = OneStep.of(fit.parameters(), fit.answer()).orElseThrow();
        ParameterSnapshot.Quality quality = quality(step, fit.rounds(), fit.diagnostics());
        return incremental(step, version, fit.answer(), quality, rerun.coveredOffsets(), now);
    }

    ParameterSnapshot update(Update update, long version, long now) {
        OneStep step = update.step();
        return incremental(step, version, update.sum(), quality(step, 0, List.of()), update.coveredOffsets(), now);
    }

    private ParameterSnapshot incremental(
            OneStep step, long version, Answer sum, ParameterSnapshot.Quality quality, List<Long> offsets, long now) {
        return snapshot(version, ParameterSnapshot.Kind.INCREMENTAL, step.parameters(), sum, quality, offsets, now);
    }

    private static ParameterSnapshot.Quality quality(OneStep step, int rounds, List<Diagnostic> diagnostics) {
        return new ParameterSnapshot.Quality(
                step.decrement(),
                step.drift(),
                rounds,
                diagnostics,
                step.aliasing().indices());
    }

    /** An older snapshot under a new version. */
    ParameterSnapshot again(ParameterSnapshot older, long version, long now) {
        ParameterSnapshot.Origin origin = origin(older.origin().coveredOffsets(), older.version(), now);
        return new ParameterSnapshot(
                older.model(),
                version,
                older.kind(),
                older.parameters(),
                older.spaces(),
                older.sums(),
                older.quality(),
                origin);
    }

    private ParameterSnapshot snapshot(
            long version,
            ParameterSnapshot.Kind kind,
            Parameters parameters,
            Answer sum,
            ParameterSnapshot.Quality quality,
            List<Long> coveredOffsets,
            long now) {
        int p = parameters.dimension();
        return new ParameterSnapshot(
                provenance.model(),
                version,
                kind,
                parameters,
                provenance.spaces(),
                new ParameterSnapshot.Sums(
                        PackedSymmetric.of(p, sum.statistics().information()),
                        sum.statistics().cross(),
                        PackedSymmetric.of(p, sum.statistics().meat()),
                        sum.count(),
                        sum.weight(),
                        sum.statistics().clusters(),
                        sum.statistics().logLikelihood()),
                quality,
                origin(coveredOffsets, null, now));
    }

    private ParameterSnapshot.Origin origin(List<Long> coveredOffsets, @Nullable Long rolledBackFrom, long now) {
        return new ParameterSnapshot.Origin(
                coveredOffsets,
                rolledBackFrom,
                provenance.codeRevision(),
                provenance.runtime(),
                Instant.ofEpochMilli(now));
    }
}
