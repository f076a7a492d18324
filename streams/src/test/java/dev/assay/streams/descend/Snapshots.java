package dev.assay.streams.descend;

import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;
import dev.assay.estimator.choice.Parameters;
import dev.assay.streams.model.ParameterSnapshot;
import java.time.Instant;
import java.util.List;

/** Snapshots for tests that do not look into them. */
final class Snapshots {
    private Snapshots() {}

    static ParameterSnapshot any() {
        return new ParameterSnapshot(
                "small",
                1,
                ParameterSnapshot.Kind.RERUN,
                Parameters.zeros(1, 1),
                new ParameterSnapshot.Spaces("features", "context", List.of("f"), List.of("c")),
                new ParameterSnapshot.Sums(
                        PackedSymmetric.zeros(2), Vector.zeros(1), PackedSymmetric.zeros(2), 10, 10, 1, -1),
                new ParameterSnapshot.Quality(0, 0, 1, List.of()),
                new ParameterSnapshot.Origin(List.of(1L), null, "test", "test", Instant.EPOCH));
    }
}
