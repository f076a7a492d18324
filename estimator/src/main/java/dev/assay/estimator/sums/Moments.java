package dev.assay.estimator.sums;

import dev.assay.estimator.algebra.Vector;

/**
 * The additive second moments that standardise and start a descent, whatever the parameters: MODEL §6.
 *
 * @param difference Σ w z zᵀ, packed, size d(d+1)/2
 * @param context    Σ w ψ̃ψ̃ᵀ with ψ̃ = (ψ₀, ψ), packed, size (k+1)(k+2)/2
 * @param cross      Σ w (y−½) z ψ̃ᵀ, row-major d × (k+1)
 */
public record Moments(Vector difference, Vector context, Vector cross) {
    Moments plus(Moments other) {
        return new Moments(difference.plus(other.difference), context.plus(other.context), cross.plus(other.cross));
    }
}
