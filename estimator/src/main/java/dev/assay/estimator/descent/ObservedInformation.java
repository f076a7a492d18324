package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;

/** H = J − [0, C; Cᵀ, 0]: MODEL (6). */
public final class ObservedInformation {
    private ObservedInformation() {}

    /**
     * @param information J, size p = d + k
     * @param cross C, d × k
     */
    public static PackedSymmetric of(PackedSymmetric information, Dense cross) {
        int d = cross.rows();
        int k = cross.columns();
        double[][] rows = information.toRows();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < k; j++) {
                rows[d + j][i] -= cross.get(i, j);
            }
        }
        return PackedSymmetric.ofRows(rows);
    }
}
