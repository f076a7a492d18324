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
                    new Quality(fit.decrement(), 0, fit.rounds(), fit.diagnostics()),
                    rerun.coveredOffsets(),
                    now);
        }
        OneStep step = OneStep.of(fit.parameters(), fit.answer()).orElseThrow();
        return snapshot(
                version,
                ParameterSnapshot.Kind.INCREMENTAL,
                step.parameters(),
                fit.answer(),
                new Quality(step.decrement(), step.drift(), fit.rounds(), fit.diagnostics()),
                rerun.coveredOffsets(),
                now);
    }

    ParameterSnapshot update(Update update, long version, long now) {
        OneStep step = update.step();
        return snapshot(
                version,
                ParameterSnapshot.Kind.INCREMENTAL,
                step.parameters(),
                update.sum(),
                new Quality(step.decrement(), step.drift(), 0, List.of()),
                update.coveredOffsets(),
                now);
    }

    /** An older snapshot under a new version. */
    ParameterSnapshot again(ParameterSnapshot older, long version, long now) {
        return new ParameterSnapshot(
                older.model(),
                version,
                older.kind(),
                older.parameters(),
                older.rewardNames(),
                older.rationalityNames(),
                older.information(),
                older.cross(),
                older.meat(),
                older.judgments(),
                older.weight(),
                older.clusters(),
                older.logLikelihood(),
                older.decrement(),
                older.rounds(),
                older.diagnostics(),
                older.featureSpace(),
                older.contextSpec(),
                older.coveredOffsets(),
                older.drift(),
                older.version(),
                provenance.codeRevision(),
                provenance.runtime(),
                Instant.ofEpochMilli(now));
    }

    /** How good an estimate is. */
    private record Quality(double decrement, double drift, int rounds, List<Diagnostic> diagnostics) {}

    private ParameterSnapshot snapshot(
            long version,
            ParameterSnapshot.Kind kind,
            Parameters parameters,
            Answer sum,
            Quality quality,
            List<Long> coveredOffsets,
            long now) {
        int p = parameters.dimension();
        return new ParameterSnapshot(
                provenance.model(),
                version,
                kind,
                parameters,
                provenance.rewardNames(),
                provenance.rationalityNames(),
                PackedSymmetric.of(p, sum.statistics().information()),
                sum.statistics().cross(),
                PackedSymmetric.of(p, sum.statistics().meat()),
                sum.count(),
                sum.weight(),
                sum.statistics().clusters(),
                sum.statistics().logLikelihood(),
                quality.decrement(),
                quality.rounds(),
                quality.diagnostics(),
                provenance.featureSpace(),
                provenance.contextSpec(),
                coveredOffsets,
                quality.drift(),
                null,
                provenance.codeRevision(),
                provenance.runtime(),
                Instant.ofEpochMilli(now));
    }
}
