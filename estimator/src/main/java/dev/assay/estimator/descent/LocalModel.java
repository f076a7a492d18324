package dev.assay.estimator.descent;

import dev.assay.estimator.algebra.Cholesky;
import dev.assay.estimator.algebra.Dense;
import dev.assay.estimator.algebra.PackedSymmetric;
import dev.assay.estimator.algebra.Vector;

/**
 * The log-likelihood to second order around a point, in the coordinates of a {@link Chart}.
 *
 * @param score               g′
 * @param information         J′
 * @param cross               C′
 * @param whitenedInformation J in whitened coordinates
 */
record LocalModel(Vector score, PackedSymmetric information, Dense cross, PackedSymmetric whitenedInformation) {
    /** H′. */
    PackedSymmetric observed() {
        return ObservedInformation.of(information, cross);
    }

    /** Largest standard error of a whitened parameter; +∞ where the information is singular. */
    double largestError() {
        double largest = 0;
        Vector variances = Cholesky.of(whitenedInformation)
                .map(factor -> factor.inverse().diagonal())
                .orElse(Vector.zeros(0));
        for (int i = 0; i < variances.size(); i++) {
            largest = Math.max(largest, variances.get(i));
        }
        return variances.size() == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(largest);
    }
}
