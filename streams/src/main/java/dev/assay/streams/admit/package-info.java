/**
 * Stage admit: decides what enters the estimate. A judgment leaves this package either as numbers, context features ψ and
 * response features φ of MODEL §1, or refused with one {@link dev.assay.streams.model.RefusalReason}.
 */
@NullMarked
package dev.assay.streams.admit;

import org.jspecify.annotations.NullMarked;
