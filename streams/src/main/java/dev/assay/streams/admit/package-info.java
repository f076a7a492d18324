/**
 * Stage admit: decides what enters the estimate. A judgment leaves this package either as numbers, context features ψ and
 * response features φ of MODEL §1, or refused with one {@link dev.assay.streams.admit.RejectionReason}. The context spec
 * and the feature space that make the numbers live here too, so that stream, batch fit and scorer encode by the same code
 * and get the same bits.
 */
@NullMarked
package dev.assay.streams.admit;

import org.jspecify.annotations.NullMarked;
